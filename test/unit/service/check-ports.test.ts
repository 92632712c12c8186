import { describe, expect, it } from 'vitest';
import type { Definition } from '../../../src/domain/definition/definition.js';
import type { PortFinding, PortProbeRequest, PortTarget, TriedOnHost } from '../../../src/engine/probe.js';
import type { OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import { NOTHING_TO_READ } from '../../../src/reconcile/plan/link-hosts.js';
import type { Status } from '../../../src/reconcile/status/status-board.js';
import { createCheckPorts } from '../../../src/service/ports/check.js';
import { reachOf } from '../../../src/service/ports/verdict.js';
import { definition } from '../../support/definition.js';
import { aHost } from '../../support/hosts.js';
import { container } from '../reconcile/builders.js';

const TCP: PortTarget = {
  ...{ hostIp: '0.0.0.0', hostPort: 8080, containerPort: 80, protocol: 'tcp' },
  ...{ networkId: 'n', address: '172.17.0.3' },
};
const UDP: PortTarget = { ...TCP, protocol: 'udp' };
const V6: PortTarget = { ...TCP, hostIp: '::' };

const tried = (outcome: TriedOnHost['outcome'], accepted: boolean | null = null, code: string | null = null) => ({
  ...{ outcome, code, milliseconds: outcome === 'open' ? 0.3 : null, accepted },
  address: code === 'EADDRNOTAVAIL' ? null : '192.0.2.10',
});
const OPEN = tried('open');
const found = (over: Partial<PortFinding> = {}): PortFinding => ({
  ...{ host: OPEN, container: OPEN, neighbour: null, hasProxy: null },
  ...over,
});
const beside = (own: TriedOnHost['outcome'], host: TriedOnHost['outcome']) => ({
  neighbour: { container: tried(own), host: tried(host) },
});

describe('a published port', () => {
  it.each<[string, PortTarget, PortFinding, boolean | null, string, RegExp]>([
    ['that a firewall rule leads to its container', TCP, found(), true, 'Reachable', /^$/],
    ['that is forwarded too', TCP, found(beside('open', 'open')), true, 'Reachable', /^$/],
    ['that the proxy alone serves', TCP, found({ host: tried('open', true) }), true, 'Reachable', /userland proxy/],
    ['of IPv6, which the proxy serves', V6, found({ host: tried('open', true) }), true, 'Reachable', /^$/],
    [
      'of the loopback, which the proxy serves',
      { ...TCP, hostIp: '127.0.0.1' },
      found({ host: tried('open', true) }),
      ...([true, 'Reachable', /^$/] as const),
    ],
    [
      'that the host refuses, and the container does not',
      TCP,
      found({ host: tried('refused') }),
      ...([
        false,
        'PortUnreachable',
        /answers on 172\.17\.0\.3:80.*192\.0\.2\.10:8080 does not.*Restart the engine/,
      ] as const),
    ],
    ['that is dropped', TCP, found({ host: tried('no-answer') }), false, 'PortUnreachable', /no-answer/],
    [
      'that the engine holds open, and where nobody takes the connection',
      TCP,
      found({ host: tried('open', false) }),
      ...([false, 'PortUnreachable', /nothing accepts the connection/] as const),
    ],
    [
      'that is led to its container and not forwarded',
      TCP,
      found(beside('no-answer', 'open')),
      ...([false, 'PortUnreachable', /does not forward/] as const),
    ],
    [
      'that is not forwarded by an engine without a proxy',
      TCP,
      found({ ...beside('open', 'no-answer'), hasProxy: false }),
      ...([false, 'PortUnreachable', /does not forward/] as const),
    ],
    [
      'whose proxy a firewall hides from containers',
      TCP,
      found({ ...beside('open', 'no-answer'), hasProxy: true }),
      ...([true, 'Reachable', /^$/] as const),
    ],
    [
      'on which nothing listens',
      TCP,
      found({ host: tried('refused'), container: tried('refused') }),
      ...([false, 'NotListening', /nothing listens on 80\/tcp/] as const),
    ],
    [
      'on which nothing listens behind a proxy, which takes the connection and ends it',
      TCP,
      found({ host: tried('open', true), container: tried('refused') }),
      ...([false, 'NotListening', /nothing listens/] as const),
    ],
    ['whose container is silent', TCP, found({ container: tried('no-answer') }), false, 'NoAnswer', /own address/],
    [
      'of IPv6 on a host without IPv6',
      V6,
      found({ host: tried('not-tried', null, 'EADDRNOTAVAIL') }),
      ...([null, 'NotTried', /no IPv6 address/] as const),
    ],
    [
      'that was not tried in time',
      TCP,
      found({ host: tried('not-tried', null, 'ETIME') }),
      ...([null, 'NotTried', /the time limit was reached/] as const),
    ],
    ['of SCTP', { ...TCP, protocol: 'sctp' }, found(), null, 'NotTried', /sctp ports can't be checked/],
    ['of UDP that answers', UDP, found(), true, 'Reachable', /^$/],
    [
      'of UDP that answers in the container alone',
      UDP,
      found({ host: tried('no-answer') }),
      ...([false, 'PortUnreachable', /Restart the engine/] as const),
    ],
    [
      'of UDP that says nothing',
      UDP,
      found({ host: tried('no-answer'), container: tried('no-answer') }),
      ...([null, 'NoAnswer', /may be open/] as const),
    ],
    [
      'of UDP that the host itself refuses',
      UDP,
      found({ host: tried('refused'), container: tried('no-answer') }),
      ...([false, 'PortUnreachable', /the host itself refuses/] as const),
    ],
    [
      'of UDP on which nothing listens',
      UDP,
      found({ host: tried('refused'), container: tried('refused') }),
      ...([false, 'NotListening', /80\/udp/] as const),
    ],
  ])('%s', (_, target, finding, reachable, reason, message) => {
    const reach = reachOf(target, finding);
    expect(reach).toMatchObject({ reachable, reason });
    expect(reach.message).toMatch(message);
  });
});

const bound = (hostPort: number, containerPort = 80) =>
  ({ hostIp: '0.0.0.0', hostPort, containerPort, protocol: 'tcp' }) as const;

function checks(findings: readonly PortFinding[], over: Partial<OwnContainer> = { bindings: [bound(8080)] }) {
  const asked: PortProbeRequest[] = [];
  const noted: (readonly [uid: string, unreachable: string | null])[] = [];
  const web = container(over);
  const host = aHost({
    engine: {
      async probePorts(request) {
        asked.push(request);
        return findings;
      },
    },
    portsChecked: (uid, _, unreachable) => void noted.push([uid, unreachable]),
  });
  const check = createCheckPorts({
    ...{ find: () => definition(), needsEngine: () => undefined, instance: () => 'i' },
    statusOf: (): Status => ({
      conditions: [],
      runsOn: 'bridge',
      ready: true,
      isCurrent: true,
      container: web,
      links: [],
      reserved: [],
      addresses: [],
      hosts: NOTHING_TO_READ,
    }),
    hosts: { of: () => host },
    foundUnreachable: () => undefined,
  });
  const signal = AbortSignal.timeout(10_000);
  const others: readonly Definition[] = [definition(), definition({ uid: 'uid-b', name: 'b' })];
  return {
    ...{ asked, noted },
    one: () => check.one('web', signal),
    all: () =>
      check.all(
        host,
        others.map((one) => ({ definition: one, container: web })),
        signal,
      ),
  };
}

describe('a check of host ports', () => {
  it('asks for what is bound, at the address of the container, and tells the condition', async () => {
    const { one, asked, noted } = checks([found({ host: tried('refused') })]);
    expect(await one()).toMatchObject({ container: 'web', reachable: false, message: 'not reachable: 8080/tcp' });
    expect(asked).toEqual([{ instance: 'i', targets: [TCP] }]);
    expect(noted).toEqual([['uid-web', expect.stringContaining("8080/tcp can't be reached from outside")]]);
  });

  it('finds nothing wrong with a port on which nothing listens, for the condition', async () => {
    const { one, noted } = checks([found({ container: tried('refused') })]);
    expect((await one()).reachable).toBe(false);
    expect(noted).toEqual([['uid-web', null]]);
  });

  it('is true where the host has no address of a family that a port is bound on too', async () => {
    const bindings = [bound(8080), { ...bound(8080), hostIp: '::' }];
    const without = found({ host: tried('not-tried', null, 'EADDRNOTAVAIL') });
    expect(await checks([found(), without], { bindings }).one()).toMatchObject({ reachable: true, message: '' });
  });

  it('tries nothing where nothing is bound, and says so', async () => {
    const { one, asked } = checks([], { bindings: [] });
    expect(await one()).toMatchObject({
      reachable: null,
      ports: [],
      message: expect.stringContaining('nothing to check'),
    });
    expect(asked).toEqual([]);
  });

  it('is refused for a container that does not run', async () => {
    await expect(async () => checks([], { state: 'exited' }).one()).rejects.toMatchObject({ code: 'not-running' });
  });

  it('of many definitions is one look, and each gets what was found of its own ports', async () => {
    const { all, asked, noted } = checks([found(), found({ host: tried('refused') })]);
    expect((await all()).map(({ container: name, reachable }) => [name, reachable])).toEqual([
      ['web', true],
      ['b', false],
    ]);
    expect(asked).toHaveLength(1);
    expect(noted.map(([uid, why]) => [uid, why === null])).toEqual([
      ['uid-web', true],
      ['uid-b', false],
    ]);
  });
});
