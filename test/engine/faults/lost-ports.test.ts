/** A host port that an outgoing connection takes while its container is replaced is waited for, and not given up. */

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaring } from '../declaring.js';
import { eventually, type TestBerth, testBerth } from '../support.js';
import { CAN_RUN_ENGINE, OwnEngine } from './own-engine.js';

const PORT = 18_100;

/**
 * Connects from whichever port the kernel gives, and the kernel has one to give: until it has it, and as long as it lives.
 * Nothing listens on that port, and no option lets it be shared.
 */
const TAKER = `
  const net = require('node:net');
  net.createServer().listen(18999, '127.0.0.1', function next() {
    const socket = net.connect(18999, '127.0.0.1');
    socket.on('connect', () => console.log(socket.localPort));
    socket.on('error', () => setTimeout(next, 2));
  });`;

describe.skipIf(!CAN_RUN_ENGINE)('a host port that an outgoing connection takes during a replacement', () => {
  let engine: OwnEngine;
  let t: TestBerth;
  let taker: ChildProcess | undefined;
  beforeAll(async () => {
    engine = await new OwnEngine({
      setUp: `echo ${PORT} ${PORT} > /proc/sys/net/ipv4/ip_local_port_range`,
    }).start();
    t = await testBerth({ engine: engine.host });
  });
  afterAll(async () => {
    taker?.kill('SIGKILL');
    await t?.stop();
    await engine?.remove();
  });
  const { declare, get } = declaring(() => t);

  it('is bound again when the connection ends, and the change is made', async () => {
    await declare({ name: 'web', image: 'training/webapp', ports: [`${PORT}:5000`] });
    taker = engine.spawn(process.execPath, '--eval', TAKER);
    const taken = once(taker.stdout as NodeJS.ReadableStream, 'data');
    await t.http.patch('/v1/containers/web').send({ env: { A: '1' } });
    expect(String((await taken)[0]).trim()).toBe(String(PORT));
    await eventually(async () => {
      const { conditions } = (await get('web')).status;
      expect(conditions.find(({ type }: { type: string }) => type === 'PortsBound')).toMatchObject({
        ...{ status: 'False', reason: 'HostPortInUse' },
      });
    });
    taker.kill('SIGKILL');
    await once(taker, 'exit');
    await eventually(async () => {
      const { State } = await engine.docker.getContainer('web').inspect();
      expect(State.Running).toBe(true);
    });
    await eventually(async () => {
      const view = await get('web');
      expect(view.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'True' });
      expect((await engine.docker.getContainer('web').inspect()).Config.Env).toContain('A=1');
    }, 60_000);
    expect((await get('web')).status.ports[0]).toMatchObject({ hostPort: PORT });
  });
});
