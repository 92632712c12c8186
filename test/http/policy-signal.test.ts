/** Berth as a process: SIGHUP has its policy read again, and a file that has become wrong ends nothing. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import type { PolicyView } from '../../src/service/access/policy.js';

it('SIGHUP has the policy read again', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'berth-signal-'));
  const policyFile = path.join(dataDir, 'policy.json');
  writeFileSync(policyFile, '{}');
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', '--port', '0', '--log-format', 'json'], {
    env: {
      ...{ PATH: process.env['PATH'], BERTH_DATA_DIR: dataDir, BERTH_POLICY_FILE: policyFile, BERTH_AUTH: 'off' },
      DOCKER_HOST: `unix://${dataDir}/none.sock`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  /** The next line of the log that is of this kind. */
  async function line(is: (line: Readonly<Record<string, unknown>>) => boolean) {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('the server ended');
      const read = JSON.parse(value) as Readonly<Record<string, unknown>>;
      if (is(read)) return read;
    }
  }
  const ofPolicy = ({ msg }: Readonly<Record<string, unknown>>): boolean => String(msg).startsWith('policy re');

  try {
    const { address } = await line((one) => 'address' in one);
    const published = async () => {
      const answer = (await (await fetch(`${address}/v1/policy`)).json()) as PolicyView;
      return answer.policy.publish;
    };
    expect(await published()).toBe('any');
    writeFileSync(policyFile, '{ "publish": "loopback" }');
    child.kill('SIGHUP');
    expect(await line(ofPolicy)).toMatchObject({ msg: 'policy reloaded' });
    expect(await published()).toBe('loopback');
    writeFileSync(policyFile, '{ "publsh": "any" }');
    child.kill('SIGHUP');
    expect(await line(ofPolicy)).toMatchObject({ level: 50, faults: [{ pointer: '/publsh' }] });
    expect(await published()).toBe('loopback');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
    await exit;
    rmSync(dataDir, { recursive: true, force: true });
  }
});
