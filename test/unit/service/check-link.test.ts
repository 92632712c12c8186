import { describe, expect, it } from 'vitest';
import type { Definition } from '../../../src/domain/definition/definition.js';
import { Problem } from '../../../src/domain/problems/problem.js';
import type { ProbeReport, ProbeRequest, Prober } from '../../../src/engine/probe.js';
import type { OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import { NOTHING_TO_READ } from '../../../src/reconcile/plan/link-hosts.js';
import type { LinkState } from '../../../src/reconcile/plan/link-state.js';
import type { Status } from '../../../src/reconcile/status/status-board.js';
import { createCheckLink } from '../../../src/service/check-link.js';
import { definition } from '../../support/definition.js';
import { oneHost } from '../../support/hosts.js';
import { container, linkTo, running, source } from '../reconcile/builders.js';

const WEB = definition({ spec: { links: [{ container: 'db', alias: 'db', env: 'address' }] } });
const TCP = { containerPort: 3306, protocol: 'tcp' } as const;
const UDP = { containerPort: 53, protocol: 'udp' } as const;
const ADDRESS = '172.17.0.2';

interface World {
  readonly web?: OwnContainer | undefined;
  readonly db?: { readonly definition?: Definition; readonly container?: OwnContainer } | undefined;
  readonly link?: LinkState['source'];
  readonly resolved?: Partial<ProbeReport['resolved']>;
  readonly found?: readonly Partial<ProbeReport['ports'][number]>[];
  readonly reason?: string;
}

async function check(world: World, alias = 'db') {
  const asked: ProbeRequest[] = [];
  const { db = { container: source({ exposed: [TCP] }) }, resolved = {}, found = [] } = world;
  const web = 'web' in world ? world.web : container();
  const DB = db.definition ?? definition({ uid: 'uid-db', name: 'db' });
  const prober: Prober = {
    async probe(request) {
      asked.push(request);
      return {
        resolved: { addresses: [ADDRESS], code: null, milliseconds: 0.4, ...resolved },
        ports: found.map((one) => ({ ...TCP, outcome: 'open', code: null, milliseconds: 0.2, ...one })),
      };
    },
    probePorts: async () => [],
    tryRoom: async () => undefined,
    removeProbes: async () => undefined,
  };
  const conditions = [
    { type: 'LinksResolved', status: 'True', reason: world.reason ?? 'Resolved', message: '', lastTransitionTime: '' },
  ] as const;
  const common = {
    ...{ conditions, runsOn: 'bridge', ready: true, isCurrent: true, reserved: [], addresses: [] },
    hosts: NOTHING_TO_READ,
  };
  const statusOf = ({ name }: Definition): Status =>
    name === 'web'
      ? { ...common, container: web, links: [linkTo(world.link ?? running(source()))] }
      : { ...common, container: db.container, links: [] };
  const checkLink = createCheckLink({
    ...{
      find: () => WEB,
      needsEngine: () => undefined,
      statusOf,
      hosts: oneHost({ engine: prober }),
      instance: () => 'i',
    },
    byName: (name) => ((name === 'db' && world.db !== undefined) || !('db' in world) ? DB : undefined),
  });
  const answer = await checkLink('web', alias, AbortSignal.timeout(10_000));
  return { answer, asked };
}

describe('what is asked', () => {
  it('is from inside the recipient, where the source is now, on each port that it exposes or publishes', async () => {
    const DB = definition({
      ...{ uid: 'uid-db', name: 'db' },
      spec: { expose: ['8000-8001/udp'], ports: [{ containerPort: 80, protocol: 'tcp' }] },
    });
    const bindings = [{ hostIp: '', hostPort: 5000, containerPort: 9000, protocol: 'tcp' }] as const;
    const { asked } = await check({ db: { definition: DB, container: source({ exposed: [TCP], bindings }) } });
    expect(asked).toEqual([
      {
        ...{ containerId: container().id, instance: 'i', name: 'db', address: ADDRESS },
        ports: [
          { containerPort: 80, protocol: 'tcp' },
          TCP,
          { containerPort: 8000, protocol: 'udp' },
          { containerPort: 8001, protocol: 'udp' },
          { containerPort: 9000, protocol: 'tcp' },
        ],
      },
    ]);
  });

  it('is of a thousand ports at most, and tells which were left out', async () => {
    const exposed = Array.from({ length: 1002 }, (_, index) => ({
      containerPort: index + 1,
      protocol: 'tcp' as const,
    }));
    const { asked, answer } = await check({ db: { container: source({ exposed }) } });
    expect(asked[0]?.ports).toHaveLength(1000);
    expect(answer.ports).toHaveLength(1002);
    expect(answer.ports.at(-1)).toMatchObject({
      reachable: null,
      outcome: 'not-tried',
      message: /only the first 1000/,
    });
  });
});

describe('a port', () => {
  it.each<[found: object, reachable: boolean | null, message: RegExp]>([
    [{ outcome: 'open' }, true, /^$/],
    [{ outcome: 'refused', code: 'ECONNREFUSED' }, false, /nothing listens/],
    [{ outcome: 'unreachable', code: 'EHOSTUNREACH' }, false, /no route to this port \(EHOSTUNREACH\)/],
    [{ outcome: 'no-answer', milliseconds: null }, false, /filtered, or the source hangs/],
    [{ ...UDP, outcome: 'open' }, true, /^$/],
    [{ ...UDP, outcome: 'refused', code: 'ECONNREFUSED' }, false, /nothing listens/],
    [{ ...UDP, outcome: 'no-answer', milliseconds: null }, null, /may be open/],
    [{ outcome: 'failed', code: 'EMFILE' }, null, /the attempt failed \(EMFILE\)/],
    [{ outcome: 'not-tried', code: 'ETIME' }, null, /the time limit was reached/],
    [{ protocol: 'sctp', outcome: 'not-tried', code: 'EPROTONOSUPPORT' }, null, /sctp ports can't be checked/],
  ])('that was %j is reachable: %s', async (found, reachable, message) => {
    const port = { ...TCP, ...found };
    const { containerPort, protocol } = port;
    const { answer } = await check({
      found: [port],
      db: { container: source({ exposed: [{ containerPort, protocol }] }) },
    });
    expect(answer.ports).toMatchObject([{ reachable, message: expect.stringMatching(message) }]);
    expect(answer.reachable).toBe(reachable);
  });
});

describe('a link', () => {
  const both = { container: source({ exposed: [TCP, UDP] }) };
  it.each<[situation: string, world: World, reachable: boolean | null, state: string, message: RegExp]>([
    ['whose ports all answer', { found: [{}] }, true, 'resolved', /^$/],
    [
      'of which one port is closed',
      { db: both, found: [{ outcome: 'refused' }, UDP] },
      false,
      'resolved',
      /^not reachable: 3306\/tcp$/,
    ],
    [
      'of which one port is silent',
      { db: both, found: [{}, { ...UDP, outcome: 'no-answer' }] },
      null,
      'resolved',
      /may still be reachable/,
    ],
    ['whose source has no ports', { db: { container: source() } }, null, 'resolved', /exposes and publishes no ports/],
    [
      'whose variables are old',
      { found: [{}], reason: 'Stale' },
      true,
      'stale',
      /every port answers.*outdated environment variables/,
    ],
    [
      'that leads elsewhere',
      { resolved: { addresses: ['172.17.0.9'] } },
      false,
      'stale',
      /^the link is stale: .* resolves to 172\.17\.0\.9 .* db is at 172\.17\.0\.2$/,
    ],
    [
      'that is not resolved',
      { resolved: { addresses: [], code: 'ENOTFOUND' } },
      false,
      'stale',
      /does not resolve .*ENOTFOUND/,
    ],
    [
      'whose source is down',
      {
        db: { container: source({ state: 'exited', exposed: [TCP] }) },
        link: { kind: 'waiting', reason: 'SourceNotRunning' },
      },
      false,
      'waiting',
      /db is not running/,
    ],
    [
      'whose source has no container',
      { db: {}, link: { kind: 'waiting', reason: 'SourceNotRunning' } },
      false,
      'waiting',
      /db is not running/,
    ],
    [
      'whose source is not defined',
      { db: undefined, link: { kind: 'missing' } },
      false,
      'missing',
      /db is not defined/,
    ],
  ])('%s', async (_, world, reachable, state, message) => {
    const { answer } = await check(world);
    expect(answer).toMatchObject({ reachable, state, message: expect.stringMatching(message) });
    expect(answer.ports.every((port) => port.outcome !== 'not-tried' || port.message === answer.message)).toBe(true);
  });

  it('whose recipient does not run can not be checked', async () => {
    for (const web of [undefined, container({ state: 'exited' })]) {
      const refused = check({ web });
      await expect(refused).rejects.toBeInstanceOf(Problem);
      await expect(refused).rejects.toMatchObject({
        code: 'not-running',
        message: expect.stringContaining('Start it'),
      });
    }
  });

  it('that is not there is not found', async () => {
    await expect(check({}, 'cache')).rejects.toMatchObject({
      code: 'not-found',
      message: /no link with the alias "cache"/,
    });
  });
});
