import { describe, expect, it } from 'vitest';
import type { Definition, Reservation } from '../../../src/domain/definition/definition.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import type { LinkEdge, PublishedEdge } from '../../../src/domain/topology/graph.js';
import type { HostBinding } from '../../../src/engine/engine.js';
import { createObservedState } from '../../../src/reconcile/observe/observed-state.js';
import { NOTHING_TO_READ } from '../../../src/reconcile/plan/link-hosts.js';
import type { LinkState } from '../../../src/reconcile/plan/link-state.js';
import type { Status } from '../../../src/reconcile/status/status-board.js';
import { topology } from '../../../src/service/topology.js';
import type { Store } from '../../../src/store/types.js';
import { definition } from '../../support/definition.js';
import { oneHost } from '../../support/hosts.js';
import { container, linkTo, running, source } from '../reconcile/builders.js';

const WEB = definition({ spec: { links: [{ container: 'db', alias: 'db', env: 'address' }] } });
const DB = definition({ uid: 'uid-db', name: 'db' });
const BOUND: HostBinding = { hostIp: '0.0.0.0', hostPort: 5000, containerPort: 80, protocol: 'tcp' };

const claim = (over: Partial<Reservation> = {}): Reservation => ({
  ...{
    uid: 'uid-web',
    host: LOCAL_HOST,
    hostPort: 5000,
    containerPort: 80,
    protocol: 'tcp',
    origin: 'fixed',
    confirmed: true,
  },
  ...over,
});

const condition = (type: 'Ready' | 'LinksResolved', status: 'True' | 'False' | 'Unknown', reason: string) => ({
  ...{ type, status, reason, message: '', lastTransitionTime: '2026-01-16T07:43:50.112Z' },
});

interface World {
  readonly definitions?: readonly Definition[];
  readonly claims?: readonly Reservation[];
  /** Of web. */
  readonly status?: Partial<Status>;
  readonly reachable?: boolean;
  readonly theirs?: readonly { readonly name: string; readonly bindings?: readonly HostBinding[] }[];
}

function graph({ definitions = [WEB, DB], claims = [], status = {}, reachable = true, theirs = [] }: World) {
  const observed = createObservedState(new Date(0));
  observed.engine = { reachable, since: new Date(0), reason: 'Connected', message: '', version: null };
  observed.complete = reachable;
  for (const { name, bindings = [] } of theirs) {
    observed.putForeign({
      ...{ id: `id-${name}`, name, linkNames: [], owner: null, state: 'running', health: 'none', bindings },
      addresses: {},
    });
  }
  const store = {
    all: () => definitions,
    byName: (name: string) => definitions.find((one) => one.name === name),
    reservationsOf: (uid: string) => claims.filter((one) => one.uid === uid),
  } as unknown as Store;
  const conditions = [condition('Ready', 'True', 'Running')];
  const common = {
    conditions,
    runsOn: 'bridge',
    ready: true,
    container: container(),
    isCurrent: true,
    links: [],
    reserved: [],
    addresses: [],
    hosts: NOTHING_TO_READ,
  };
  const statusOf = ({ name }: Definition): Status => ({ ...common, ...(name === 'web' ? status : {}) });
  return topology({ store, hosts: oneHost({ observed }), statusOf }, { depth: 1 });
}

const links = async (world: World) =>
  (await graph(world)).edges.filter((edge): edge is LinkEdge => edge.kind === 'link');
const ports = async (world: World) =>
  (await graph(world)).edges.filter((edge): edge is PublishedEdge => edge.kind === 'published');

describe('a link', () => {
  const waiting: LinkState['source'] = { kind: 'waiting', reason: 'SourceNotRunning' };
  it.each<[situation: string, of: LinkState['source'], status: Partial<Status>, state: LinkEdge['state']]>([
    ['whose source runs', running(source()), {}, 'resolved'],
    [
      'to an older container',
      running(source()),
      { conditions: [condition('LinksResolved', 'False', 'Stale')] },
      'stale',
    ],
    ['whose source is down', waiting, {}, 'waiting'],
    ['of a recipient without a container', running(source()), { container: undefined }, 'waiting'],
    [
      'while the engine is gone',
      running(source()),
      { conditions: [condition('LinksResolved', 'Unknown', 'EngineUnreachable')] },
      'unknown',
    ],
  ])('%3$s is %4$s: %1$s', async (_, of, status, state) => {
    expect(await links({ status: { links: [linkTo(of)], ...status } })).toEqual([
      {
        ...{ kind: 'link', id: 'link:web/db', from: 'container:web', to: 'container:db' },
        ...{ alias: 'db', env: 'address', state },
      },
    ]);
  });

  it.each<[theirs: World['theirs'], node: object]>([
    [[], { kind: 'missing', id: 'missing:db', name: 'db' }],
    [[{ name: 'db' }], { kind: 'foreign', id: 'foreign:db', name: 'db', state: 'running' }],
  ])('whose source is not defined leads to a node that says so', async (theirs = [], node) => {
    const world = { definitions: [WEB], theirs, status: { links: [linkTo({ kind: 'missing' })] } };
    expect((await graph(world)).nodes).toContainEqual(node);
    expect(await links(world)).toMatchObject([{ to: (node as { id: string }).id, state: 'missing' }]);
  });
});

describe('a host port', () => {
  it.each<[bindings: readonly HostBinding[], reachable: boolean, bound: boolean | null]>([
    [[BOUND], true, true],
    [[], true, false],
    [[BOUND], false, null],
    [[], false, null],
  ])('that the engine has as %j, reachable: %s, is bound: %s', async (bindings, reachable, bound) => {
    const world = { claims: [claim()], reachable, status: { container: container({ bindings }) } };
    expect((await graph(world)).nodes).toContainEqual({
      ...{ kind: 'host-port', id: 'port:5000/tcp', hostIp: null, hostPort: 5000, protocol: 'tcp' },
    });
    expect(await ports(world)).toEqual([
      {
        ...{ kind: 'published', id: 'published:5000/tcp/web', from: 'port:5000/tcp', to: 'container:web' },
        ...{ containerPort: 80, protocol: 'tcp', bound },
      },
    ]);
  });

  it('that a foreign container holds leads to both: to who has it, and to who is to have it', async () => {
    const holder = { name: 'holder', bindings: [BOUND, { ...BOUND, hostPort: 6000 }] };
    const world = { claims: [claim()], theirs: [holder, { name: 'beside' }] };
    expect((await graph(world)).nodes.filter(({ kind }) => kind === 'foreign')).toMatchObject([{ name: 'holder' }]);
    expect(await ports(world)).toMatchObject([
      { id: 'published:5000/tcp/holder', to: 'foreign:holder', bound: true },
      { id: 'published:5000/tcp/web', to: 'container:web', bound: false },
    ]);
  });

  it('is told apart by its address', async () => {
    const claims = [claim({ hostIp: '127.0.0.1' }), claim({ hostIp: '::1' }), claim({ protocol: 'udp' })];
    expect((await graph({ claims })).nodes.filter(({ kind }) => kind === 'host-port').map(({ id }) => id)).toEqual([
      'port:127.0.0.1:5000/tcp',
      'port:5000/udp',
      'port:[::1]:5000/tcp',
    ]);
  });
});
