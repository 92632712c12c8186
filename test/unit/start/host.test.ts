/** What npm start changes on the host, and takes back. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dockerIsFromBerth, policyScript, removeStalePolicy } from '../../../scripts/apt.mjs';
import { undoingRules } from '../../../scripts/host-network.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'berth-host-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the script that keeps services from starting during an installation', () => {
  const statusOf = (text: string) => spawnSync('sh', ['-c', text]).status;

  it('forbids them while its process is alive, and allows them after it was killed', async () => {
    const child = spawn('sleep', ['1000']);
    const text = policyScript(child.pid as number);
    const file = path.join(folder, 'policy-rc.d');
    writeFileSync(file, text);
    expect(statusOf(text)).toBe(101);
    removeStalePolicy(file);
    expect(existsSync(file)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(statusOf(text)).toBe(0);
    removeStalePolicy(file);
    expect(existsSync(file)).toBe(false);
  });

  it('does not mistake another process with the same number for its own', () => {
    const text = policyScript(process.pid).replace(/= (\d+) \]/, '= 1 ]');
    expect(statusOf(text)).toBe(0);
  });

  it("stays where it is somebody else's", () => {
    const file = path.join(folder, 'policy-rc.d');
    writeFileSync(file, '#!/bin/sh\nexit 101\n');
    removeStalePolicy(file);
    expect(existsSync(file)).toBe(true);
  });
});

describe("apt's history", () => {
  const ours = 'Commandline: apt-get -qq -o Berth::Installs=docker.io+iptables install -y docker.io iptables\n';
  it.each([
    ['history.log', ours, true],
    ['history.log.1.gz', gzipSync(ours), true],
    ['history.log', 'Commandline: apt-get install docker.io\n', false],
    ['history.log', ours.replaceAll('docker.io', 'chromium'), false],
  ])('%s says whether Berth installed Docker', (name, text, expected) => {
    writeFileSync(path.join(folder, name), text);
    expect(dockerIsFromBerth(folder)).toBe(expected);
  });

  it('may be missing', () => expect(dockerIsFromBerth(path.join(folder, 'none'))).toBe(false));
});

describe('the rules of an engine that has ended', () => {
  const now = [
    '*filter',
    ':INPUT ACCEPT [0:0]',
    ':FORWARD DROP [0:0]',
    ':DOCKER - [0:0]',
    ':DOCKER-USER - [0:0]',
    ':MINE - [0:0]',
    '-A FORWARD -j DOCKER-USER',
    '-A FORWARD -o berth-1 -j DOCKER',
    '-A FORWARD -i berth-1 -o berth-1 -j ACCEPT',
    '-A FORWARD -j MINE',
    '-A MINE -s 10.0.0.0/8 -j ACCEPT',
    'COMMIT',
    '*nat',
    ':POSTROUTING ACCEPT [0:0]',
    '-A POSTROUTING -s 172.17.0.0/16 ! -o berth-1 -j MASQUERADE',
    '-A POSTROUTING -s 172.30.0.0/16 ! -o berth-10 -j MASQUERADE',
    'COMMIT',
    '',
  ].join('\n');
  const before = { policy: 'ACCEPT', chains: ['filter FORWARD', 'filter MINE'] };

  it('are taken out with its chains and its policy, and nothing else', () => {
    expect(undoingRules(now, before, ['berth-1'], true).split('\n')).toEqual([
      '*filter',
      ':FORWARD ACCEPT [0:0]',
      '-D FORWARD -j DOCKER-USER',
      '-D FORWARD -o berth-1 -j DOCKER',
      '-D FORWARD -i berth-1 -o berth-1 -j ACCEPT',
      '-X DOCKER',
      '-X DOCKER-USER',
      'COMMIT',
      '*nat',
      '-D POSTROUTING -s 172.17.0.0/16 ! -o berth-1 -j MASQUERADE',
      'COMMIT',
      '',
    ]);
  });

  it('are taken out without the chains and the policy where another engine uses those', () => {
    const text = undoingRules(now, before, ['berth-1'], false);
    expect(text.match(/^-D .*/gm)).toHaveLength(3);
    expect(text).not.toMatch(/-X|:FORWARD/);
  });

  it('leave the chains that there were before it', () => {
    const chains = [...before.chains, 'filter DOCKER', 'filter DOCKER-USER'];
    expect(undoingRules(now, { policy: 'DROP', chains }, ['berth-1'], true)).not.toMatch(/-X|:FORWARD|DOCKER-USER/);
  });

  it('leave nothing to do where there are none', () => {
    expect(undoingRules('*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT\n', before, ['berth-1'], true)).toBe('');
  });
});
