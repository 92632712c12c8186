/** Berth as a process: SIGHUP makes it read its policy again, and ends nothing; systemd is notified of start and stop. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import type { PolicyView } from '../../src/service/access/policy.js';

type Line = Readonly<Record<string, unknown>>;

/** Starts Berth in a folder of its own, and ends it after the work. */
async function withProcess(
  env: (dataDir: string) => Readonly<Record<string, string>>,
  work: (child: {
    readonly dataDir: string;
    /** Waits for the next line of the log that is of this kind. */
    readonly line: (is: (line: Line) => boolean) => Promise<Line>;
    readonly signal: (name: NodeJS.Signals) => void;
    readonly exit: Promise<unknown>;
  }) => Promise<void>,
): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'berth-signal-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', '--port', '0', '--log-format', 'json'], {
    env: {
      ...{ PATH: process.env['PATH'], BERTH_DATA_DIR: dataDir, BERTH_AUTH: 'off' },
      ...{ DOCKER_HOST: `unix://${dataDir}/none.sock`, ...env(dataDir) },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function line(is: (line: Line) => boolean): Promise<Line> {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('the server ended');
      const read = JSON.parse(value) as Line;
      if (is(read)) return read;
    }
  }
  try {
    await work({ dataDir, line, signal: (name) => child.kill(name), exit });
  } finally {
    child.kill('SIGKILL');
    await exit;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

it('SIGHUP makes Berth read its policy again', async () => {
  const env = (dataDir: string) => {
    writeFileSync(path.join(dataDir, 'policy.json'), '{}');
    return { BERTH_POLICY_FILE: path.join(dataDir, 'policy.json') };
  };
  await withProcess(env, async ({ dataDir, line, signal, exit }) => {
    const ofPolicy = ({ msg }: Line): boolean => String(msg).startsWith('policy re');
    const write = (text: string) => writeFileSync(path.join(dataDir, 'policy.json'), text);
    const { address } = await line((one) => 'address' in one);
    const published = async () => {
      const answer = (await (await fetch(`${address}/v1/policy`)).json()) as PolicyView;
      return answer.policy.publish;
    };
    expect(await published()).toBe('any');
    write('{ "publish": "loopback" }');
    signal('SIGHUP');
    expect(await line(ofPolicy)).toMatchObject({ msg: 'policy reloaded' });
    expect(await published()).toBe('loopback');
    write('{ "publsh": "any" }');
    signal('SIGHUP');
    expect(await line(ofPolicy)).toMatchObject({ level: 50, faults: [{ pointer: '/publsh' }] });
    expect(await published()).toBe('loopback');
    signal('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });
});

it('SIGHUP ends no service that has no policy file, and systemd is notified of its start and its stop', async () => {
  const env = (dataDir: string) => {
    const program = `#!/bin/sh\necho "$1 to $NOTIFY_SOCKET" >> "${dataDir}/sent"\n`;
    writeFileSync(path.join(dataDir, 'systemd-notify'), program, { mode: 0o755 });
    return { PATH: `${dataDir}:${process.env['PATH']}`, NOTIFY_SOCKET: '/run/notify' };
  };
  await withProcess(env, async ({ dataDir, line, signal, exit }) => {
    const { address } = await line((one) => 'address' in one);
    const sent = () => readFileSync(path.join(dataDir, 'sent'), 'utf8');
    await expect.poll(sent).toBe('READY=1 to /run/notify\n');
    signal('SIGHUP');
    await line(({ msg }) => msg === 'nothing to reload: no policy file is configured');
    expect((await fetch(`${address}/livez`)).status).toBe(200);
    signal('SIGTERM');
    expect(await exit).toEqual([0, null]);
    expect(sent()).toBe('READY=1 to /run/notify\nSTOPPING=1 to /run/notify\n');
  });
});
