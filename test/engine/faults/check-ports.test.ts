/** Host ports are tried as a client outside the host would: the check and a machine beside the host agree. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PortsCheckView } from '../../../src/service/ports/check.js';
import { declaring } from '../declaring.js';
import { eventually, type TestBerth, testBerth } from '../support.js';
import { CAN_RUN_ENGINE, type Neighbour, OwnEngine } from './own-engine.js';

const PORT = 18_080;
const ECHO = 18_053;

/** What becomes of a host's firewall, and the way back. */
const FLUSHES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'nft flush ruleset': [
    ['iptables', '-P', 'FORWARD', 'ACCEPT'],
    ...['filter', 'nat'].flatMap((table) => [
      ['iptables', '-t', table, '-F'],
      ['iptables', '-t', table, '-X'],
    ]),
  ],
  'iptables -F': [['iptables', '-F']],
  'iptables -t nat -F': [['iptables', '-t', 'nat', '-F']],
};

describe.skipIf(!CAN_RUN_ENGINE).each<[title: string, flags: readonly string[]]>([
  ['with its userland proxy', []],
  ['without a userland proxy', ['--userland-proxy=false']],
])('an engine %s', (_, flags) => {
  let engine: OwnEngine;
  let outside: Neighbour;
  let t: TestBerth;
  beforeAll(async () => {
    // As on a host where Docker itself switches forwarding on: what no rule accepts is dropped.
    engine = await new OwnEngine({ flags, setUp: 'echo 0 > /proc/sys/net/ipv4/ip_forward' }).start();
    outside = await engine.neighbour();
    t = await testBerth({ engine: engine.host, deadlines: { ask: 2_000, change: 10_000, pullSilence: 10_000 } });
    const { declare } = declaring(() => t);
    await declare({ name: 'web', image: 'training/webapp', ports: [`${PORT}:5000`, '127.0.0.1:18081:5000'] });
    await declare({ name: 'echo', image: 'udp-echo', ports: [`${ECHO}:5000/udp`] });
    await declare({ name: 'deaf', image: 'training/webapp', command: ['sleep', '100000'], ports: ['18082:5000'] });
  });
  afterAll(async () => {
    await t?.stop();
    await outside?.remove();
    await engine?.remove();
  });

  const check = async (name: string): Promise<PortsCheckView> => {
    const answer = await t.http.post(`/v1/containers/${name}/ports/check`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const of = ({ ports }: PortsCheckView, hostPort: number) =>
    ports.find((one) => one.hostPort === hostPort && !one.hostIp?.includes(':'));
  const bound = async (name: string) => {
    const { body } = await t.http.get(`/v1/containers/${name}`);
    return body.status.conditions.find(({ type }: { type: string }) => type === 'PortsBound');
  };
  const tables = (): string => engine.run('iptables-save');
  const restore = (saved: string) => engine.run('sh', '-c', `printf '%s' '${saved}' | iptables-restore`);

  it('has its ports reachable: TCP and UDP, on all addresses and on the loopback', async () => {
    const web = await check('web');
    expect(of(web, PORT)).toMatchObject({ reachable: true, reason: 'Reachable', outcome: 'open', message: '' });
    expect(of(web, 18_081)).toMatchObject({ reachable: true, reason: 'Reachable', address: '127.0.0.1' });
    expect(web).toMatchObject({ reachable: true, message: '' });
    expect(of(await check('echo'), ECHO)).toMatchObject({ reachable: true, reason: 'Reachable' });
    expect(outside.gets(PORT)).toBe(true);
    expect(await bound('web')).toMatchObject({ status: 'True', reason: 'Bound' });
  });

  it('tells a program that does not listen from a port that leads nowhere', async () => {
    expect(of(await check('deaf'), 18_082)).toMatchObject({ reachable: false, reason: 'NotListening' });
    expect(await bound('deaf')).toMatchObject({ status: 'True', reason: 'Bound' });
  });

  it('is checked after the connection to the engine was lost, without a request', async () => {
    const saved = tables();
    engine.run('iptables', '-t', 'filter', '-P', 'FORWARD', 'DROP');
    engine.run('iptables', '-F');
    try {
      engine.freeze();
      await eventually(async () => expect((await t.http.get('/v1/engine')).body.reachable).toBe(false), 60_000);
      engine.thaw();
      await eventually(async () => {
        expect(await bound('web')).toMatchObject({ status: 'False', reason: 'PortUnreachable' });
      }, 60_000);
      expect(await bound('deaf')).toMatchObject({ status: 'True', reason: 'Bound' });
    } finally {
      engine.thaw();
      restore(saved);
    }
    await check('web');
    expect(await bound('web')).toMatchObject({ status: 'True', reason: 'Bound' });
  });

  it.each(Object.keys(FLUSHES))('is found as a client outside finds it after %s', async (flush) => {
    const saved = tables();
    const before = await engine.docker.getContainer('web').inspect();
    for (const command of FLUSHES[flush] ?? []) engine.run(...command);
    try {
      const isReached = outside.gets(PORT);
      const found = of(await check('web'), PORT);
      expect(found, JSON.stringify(found)).toMatchObject({
        reachable: isReached,
        reason: isReached ? 'Reachable' : 'PortUnreachable',
      });
      const condition = await bound('web');
      expect(condition).toMatchObject(
        isReached
          ? { status: 'True', reason: 'Bound' }
          : { status: 'False', reason: 'PortUnreachable', message: expect.stringContaining('Restart the engine') },
      );
      const after = await engine.docker.getContainer('web').inspect();
      expect(after.NetworkSettings.Ports).toEqual(before.NetworkSettings.Ports);
    } finally {
      restore(saved);
    }
    expect(outside.gets(PORT)).toBe(true);
    expect(of(await check('web'), PORT)).toMatchObject({ reachable: true });
    expect(await bound('web')).toMatchObject({ status: 'True', reason: 'Bound' });
  });
});
