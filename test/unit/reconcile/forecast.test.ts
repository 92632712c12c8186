import { describe, expect, it } from 'vitest';
import type { ContainerPort, Definition, Reservation } from '../../../src/domain/definition/definition.js';
import { specHash } from '../../../src/domain/definition/hash.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import { NOTHING_RESTORED } from '../../../src/domain/restored.js';
import { createObservedState, type OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import { type DryRun, dryRun } from '../../../src/reconcile/plan/dry-run/dry-run.js';
import type { DryRunState } from '../../../src/reconcile/plan/dry-run/simulated-engine.js';
import type { ImageState } from '../../../src/reconcile/plan/types.js';
import { planView } from '../../../src/service/core/plan-view.js';
import { definition, legacyNetwork } from '../../support/definition.js';
import { source } from './builders.js';

/** What an image with one port exposes. */
const EXPOSED: readonly ContainerPort[] = [{ containerPort: 3306, protocol: 'tcp' }];

const claim = (uid: string, containerPort: number): Reservation => ({
  ...{
    uid,
    host: LOCAL_HOST,
    containerPort,
    protocol: 'tcp',
    hostPort: 49_000 + containerPort,
    origin: 'publishAll',
    confirmed: true,
  },
});

function desired(definitions: readonly Definition[], reservations: readonly Reservation[] = []): DryRunState {
  return {
    byName: (name) => definitions.find((one) => one.name === name),
    reservationsOf: (uid) => reservations.filter((one) => one.uid === uid),
    byUid: (uid) => definitions.find((one) => one.uid === uid),
    recipientsOf: (name) => definitions.filter(({ spec }) => spec.links.some((link) => link.container === name)),
    dependentsOf: (name) => definitions.filter(({ spec }) => spec.dependsOn?.some((one) => one.container === name)),
    onNetwork: (network) => definitions.filter(({ spec }) => spec.network === network),
    network: () => undefined,
    addressesOf: () => [],
    ownerOfAddress: () => undefined,
    claims: (_host, protocol, { from, to }) =>
      reservations.filter((one) => one.protocol === protocol && one.hostPort >= from && one.hostPort <= to),
    hold: () => null,
    sealed: () => undefined,
    restored: () => NOTHING_RESTORED,
    linksMoved: () => false,
  };
}

const SUBNET = { subnet: '10.2.0.0/24', gateway: '10.2.0.1' };

interface Situation {
  /** The first is what the forecast is asked for. */
  readonly definitions: readonly Definition[];
  readonly containers?: readonly OwnContainer[];
  readonly reservations?: readonly Reservation[];
  /** A network whose settings have changed. */
  readonly changed?: string;
  /** What the engine says of every image. */
  readonly image?: ImageState;
}

function foresee({ definitions, containers = [], reservations = [], image, changed }: Situation): Promise<DryRun> {
  const observed = createObservedState(new Date(0));
  observed.complete = true;
  for (const one of containers) observed.putOwn(one);
  const [there] = containers.flatMap(({ networks }) => networks[changed ?? ''] ?? []);
  if (changed !== undefined && there !== undefined) {
    observed.putNetworks([{ id: there.networkId, name: changed, instance: 'i', hash: 'old', subnets: [] }]);
  }
  return dryRun({
    definitions: definitions.slice(0, 1),
    desired: {
      ...desired(definitions, reservations),
      network: (name) => (name === changed ? legacyNetwork(name, { subnets: [SUBNET] }) : undefined),
    },
    observed,
    memory: {
      failedReplacement: () => null,
      lastUpdate: () => null,
      standingOf: () => 'moving',
      failedStart: () => null,
      isAtWork: () => false,
      repairDeferredMs: () => 0,
    },
    instance: 'i',
    ask: async (input) => ({ ...input, image: image ?? { kind: 'present', exposed: [] }, network: 'present' }),
  });
}

const actions = async (situation: Situation) => planView(await foresee(situation), [], () => true).actions;

/** The steps without their reasons, in order. */
const steps = async (situation: Situation): Promise<readonly string[]> =>
  (await actions(situation)).map(({ container, action, target }) =>
    action === 'reserve-ports' || action === 'pull-image'
      ? `${container} ${action} ${target}`
      : `${container} ${action}`,
  );

/** A container that is made as its definition wants it. */
const made = (of: Definition, over: Partial<OwnContainer>, bindings: readonly Reservation[] = []): OwnContainer =>
  source({
    name: of.name,
    owner: { instance: 'i', uid: of.uid, name: of.name, generation: 1, hash: specHash(of.spec, { bindings }) },
    linkNames: [],
    ...over,
  });

const ADDRESS = '172.17.0.2';
const at = (ipAddress: string) => ({ bridge: { networkId: 'n', ipAddress, fixedAddresses: [], links: [] } });
const STARTED = '2026-01-01T00:00:00Z';

const db = definition({ uid: 'uid-db', name: 'db' });
const web = definition({ spec: { links: [{ container: 'db', alias: 'db', env: 'address' }] } });
const dbRuns = made(db, { id: 'db0000000000', exposed: EXPOSED, networks: at(ADDRESS), linkNames: ['web/db'] });
const webRuns = made(web, {
  ...{ id: 'c0ffee000000', linkAliases: ['db'], networks: at('172.17.0.3') },
  env: [
    ...[`DB_PORT=tcp://${ADDRESS}:3306`, `DB_PORT_3306_TCP=tcp://${ADDRESS}:3306`],
    ...[`DB_PORT_3306_TCP_ADDR=${ADDRESS}`, 'DB_PORT_3306_TCP_PORT=3306', 'DB_PORT_3306_TCP_PROTO=tcp'],
    'DB_NAME=/web/db',
  ],
});
const restartOf = (one: Definition): Definition => ({ ...one, restartOf: STARTED });

describe('the forecast of a restart', () => {
  it('has nothing to do where all is as it is wanted', async () => {
    expect(await steps({ definitions: [db, web], containers: [dbRuns, webRuns] })).toEqual([]);
  });

  it('leaves the recipients as they are, and says when they would follow', async () => {
    const planned = await actions({ definitions: [restartOf(db), web], containers: [dbRuns, webRuns] });
    expect(planned.map(({ container, action, reason }) => [container, action, reason])).toEqual([
      ['db', 'restart', 'a restart was requested; if the engine gives it another address, web is replaced'],
    ]);
  });

  it('says nothing of recipients that would not follow', async () => {
    const ignores = { ...web, spec: { ...web.spec, onLinkChange: 'ignore' as const } };
    const [planned] = await actions({ definitions: [restartOf(db), ignores], containers: [dbRuns, webRuns] });
    expect(planned?.reason).toBe('a restart was requested');
  });

  it('replaces a recipient that was taken over, whose variables the engine sets only at its start', async () => {
    const containers = [dbRuns, { ...webRuns, isAdopted: true, env: [] }];
    expect(await steps({ definitions: [restartOf(db), web], containers })).toEqual([
      ...['db restart', 'web stop', 'web rename', 'web create', 'web start', 'web remove'],
    ]);
  });
});

describe('the forecast of a start', () => {
  it('has a container that is down come back at the address that its recipients know', async () => {
    const down = { ...dbRuns, state: 'exited' as const, networks: at('') };
    const planned = await actions({ definitions: [db, web], containers: [down, webRuns] });
    expect(planned.map(({ container, action }) => `${container} ${action}`)).toEqual(['db start']);
    expect(planned[0]?.reason).toMatch(/; if the engine gives it another address, web is replaced$/);
  });

  it('has it come back at another address where that one is taken', async () => {
    const down = { ...dbRuns, state: 'exited' as const, networks: at('') };
    const third = definition({ uid: 'uid-third', name: 'third' });
    const containers = [down, webRuns, made(third, { id: '3d0000000000', networks: at(ADDRESS) })];
    expect((await steps({ definitions: [db, web, third], containers })).slice(0, 2)).toEqual(['db start', 'web stop']);
  });

  it('of a new container has its recipients follow', async () => {
    const changed = { ...db, generation: 2, spec: { ...db.spec, env: { A: 'b' } } };
    expect(await steps({ definitions: [changed, web], containers: [dbRuns, webRuns] })).toEqual([
      ...['db stop', 'db rename', 'db create', 'db start', 'db remove'],
      ...['web stop', 'web rename', 'web create', 'web start', 'web remove'],
    ]);
  });
});

describe('the forecast of dependencies', () => {
  const needs = (condition: 'started' | 'healthy' | 'completed') => ({
    dependsOn: [{ container: 'db', condition, required: true }],
  });
  const check = { healthcheck: { command: ['true'] } };
  const web = (condition: 'started' | 'healthy' | 'completed') => definition({ spec: needs(condition) });
  const planned = async (dependent: Definition, dependency: Definition, containers: readonly OwnContainer[] = []) =>
    (await actions({ definitions: [dependent, dependency], containers })).map(
      ({ container, action, reason }) => `${container} ${action}: ${reason}`,
    );

  it('starts them first, and says what the start waits for', async () => {
    const checked = { ...db, spec: { ...db.spec, ...check } };
    expect(await planned(web('healthy'), checked)).toEqual([
      'db create: there is no container',
      'db start: the desired state is running',
      'web create: there is no container',
      'web start: the desired state is running; waits until db is healthy',
    ]);
  });

  it('takes it that the image has a health check where the definition has none', async () => {
    expect(await planned(web('healthy'), db)).toContain(
      'db start: the desired state is running; others wait until it is healthy, for which its image must have a health check',
    );
  });

  it('lets a job complete before its dependent starts', async () => {
    const job = { ...db, spec: { ...db.spec, restartPolicy: 'no' as const } };
    expect((await planned(web('completed'), job)).slice(-1)).toEqual([
      'web start: the desired state is running; waits until db has completed',
    ]);
  });

  it('replaces a dependency before its dependent, without a wait for a dependency that is ready', async () => {
    const checked = { ...db, spec: { ...db.spec, ...check } };
    const runs = made(checked, { id: 'db0000000000', health: 'healthy' });
    expect((await planned(web('healthy'), checked, [runs])).slice(-1)).toEqual([
      'web start: the desired state is running',
    ]);
    const changed = { ...checked, generation: 2, spec: { ...checked.spec, env: { A: 'b' } } };
    const found = await planned(web('healthy'), changed, [runs]);
    expect(found.map((line) => line.split(':')[0]).slice(-3)).toEqual(['db remove', 'web create', 'web start']);
    expect(found.at(-1)).toContain('waits until db is healthy');
  });

  it('names what keeps a dependent from starting', async () => {
    const unhealthy = { ...db, spec: { ...db.spec, ...check } };
    const sick = made(unhealthy, { id: 'db0000000000', health: 'unhealthy' });
    const { steps: none, obstacles } = await foresee({ definitions: [web('healthy'), unhealthy], containers: [sick] });
    expect(none).toEqual([]);
    expect(obstacles.map(({ definition: { name }, obstacle }) => `${name} ${obstacle.reason}`)).toEqual([
      'web DependencyNotReady',
    ]);
  });
});

describe('the forecast of a change on a network of ours', () => {
  const on = { ours: { networkId: 'n', ipAddress: ADDRESS, fixedAddresses: [], links: [] } };
  const image = { kind: 'present', exposed: EXPOSED } as const;
  const db = definition({ uid: 'uid-db', name: 'db', spec: { network: 'ours' } });
  const changed = { ...db, generation: 2, spec: { ...db.spec, env: { A: 'b' } } };
  const imageEnv = { imageEnvNames: new Set(['VERSION']), env: ['VERSION=5'] };
  const dbRuns = made(db, { id: 'db0000000000', exposed: EXPOSED, networks: on, ...imageEnv });
  const follows = (env: 'address' | 'all', known: readonly string[] = []) => {
    const web = definition({ spec: { network: 'ours', links: [{ container: 'db', alias: 'db', env }] } });
    const networks = { ours: { networkId: 'n', ipAddress: '172.20.0.3', fixedAddresses: [], links: ['db:db'] } };
    return [web, made(web, { id: 'c0ffee000000', networks, env: [...webRuns.env, ...known] })] as const;
  };
  const replaced = ['db stop', 'db rename', 'db create', 'db start', 'db remove'];

  it('leaves a recipient that has the address alone, since the new container mostly gets that of the old', async () => {
    const [web, webRuns] = follows('address');
    const situation = { definitions: [changed, web], containers: [dbRuns, webRuns], image };
    expect(await steps(situation)).toEqual(replaced);
    const start = (await actions(situation)).find(({ action }) => action === 'start');
    expect(start?.reason).toBe('the desired state is running; if the engine gives it another address, web is replaced');
  });

  it('has one follow that has the variables that changed, and leaves it alone where they are the same', async () => {
    const [web, webRuns] = follows('all', ['DB_ENV_VERSION=5']);
    const unchanged = { ...changed, spec: { ...db.spec, command: ['other'] } };
    const containers = [dbRuns, webRuns];
    expect(await steps({ definitions: [unchanged, web], containers, image })).toEqual(replaced);
    const planned = await actions({ definitions: [changed, web], containers, image });
    expect(planned[5]).toMatchObject({ container: 'web', reason: 'environment variables differ: DB_ENV_A' });
  });
});

describe('the forecast of publishAll', () => {
  const UNKNOWN = /; the ports that publishAll publishes are known once the image is pulled$/;
  const all = (over: Partial<Definition['spec']> = {}): Definition =>
    definition({ uid: 'uid-db', name: 'db', spec: { publishAll: true, ...over } });

  it('keeps the ports when the image is pulled anew', async () => {
    const reservations = [claim('uid-db', 3306)];
    const planned = await steps({
      definitions: [all({ pullPolicy: 'always', env: { A: 'b' } })],
      containers: [made(all({ pullPolicy: 'always' }), {}, reservations)],
      ...{ reservations, image: { kind: 'to-be-refreshed', exposed: EXPOSED } },
    });
    expect(planned).toEqual([
      'db pull-image training/webapp',
      ...['db stop', 'db rename', 'db create', 'db start', 'db remove'],
    ]);
  });

  it('takes those of an image that is to be pulled anew and is used for the first time', async () => {
    const image = { kind: 'to-be-refreshed', exposed: EXPOSED } as const;
    expect(await steps({ definitions: [all({ pullPolicy: 'always' })], image })).toEqual([
      ...['db pull-image training/webapp', 'db reserve-ports 3306/tcp', 'db create', 'db start'],
    ]);
  });

  it('of an image that is not there takes none and lets none go, and says that they are not known', async () => {
    const reservations = [claim('uid-db', 3306)];
    for (const situation of [{}, { reservations }]) {
      const planned = await actions({ definitions: [all()], image: { kind: 'absent' }, ...situation });
      expect(planned.map(({ action }) => action)).toEqual(['pull-image', 'create', 'start']);
      expect(planned[1]?.reason).toMatch(UNKNOWN);
    }
  });

  it('of an image that is not there takes those that the definition itself exposes', async () => {
    const planned = await steps({ definitions: [all({ expose: ['80/tcp'] })], image: { kind: 'absent' } });
    expect(planned).toEqual(['db pull-image training/webapp', 'db reserve-ports 80/tcp', 'db create', 'db start']);
  });

  it('says it of a second one too, whose image the first one pulls', async () => {
    const second = definition({ uid: 'uid-web', name: 'web', spec: { publishAll: true, links: web.spec.links } });
    const planned = await actions({ definitions: [all(), second], image: { kind: 'absent' } });
    expect(planned.map(({ container, action }) => `${container} ${action}`)).toEqual([
      ...['db pull-image', 'db create', 'db start', 'web create', 'web start'],
    ]);
    expect(planned[3]?.reason).toMatch(UNKNOWN);
  });

  it('says nothing of ports where none are published so', async () => {
    const planned = await actions({ definitions: [definition()], image: { kind: 'absent' } });
    expect(planned.map(({ reason }) => reason)).toEqual([
      ...['the image is not on the engine', 'there is no container', 'the desired state is running'],
    ]);
  });
});

describe('the forecast of a network’s recreation', () => {
  it('names a running container that has it beside its first one', async () => {
    const endpoint = { ipAddress: '', fixedAddresses: [], links: [], aliases: [], isOurs: true };
    const networks = { front: { ...endpoint, networkId: 'n1' }, back: { ...endpoint, networkId: 'n2' } };
    const onBoth = definition({
      spec: {
        network: 'front',
        networks: [
          { name: 'front', aliases: [] },
          { name: 'back', aliases: [] },
        ],
      },
    });
    const planned = await foresee({
      definitions: [onBoth],
      containers: [made(onBoth, { id: 'c0ffee000000', networks })],
      changed: 'back',
    });
    const { actions: taken, interrupted } = planView(planned, [], () => true);
    expect(taken.map(({ action, target }) => `${action} ${target}`)).toEqual([
      'create-network back',
      'connect web (c0ffee000000) → back',
    ]);
    expect(interrupted).toEqual([
      { container: 'web', reason: 'the network back was recreated; the definition names the network back' },
    ]);
  });
});

describe('the forecast of definitions that wait for each other', () => {
  const fixed = (uid: string, hostPort: number): Reservation => ({
    ...{ uid, host: LOCAL_HOST, containerPort: 80, protocol: 'tcp', hostPort, origin: 'fixed', confirmed: false },
  });
  const bound = (hostPort: number) => [{ hostIp: '0.0.0.0', hostPort, containerPort: 80, protocol: 'tcp' as const }];
  const onPorts = (first: number, second: number) => ({
    containers: [
      { ...made(db, { id: 'db0000000000', linkNames: ['web/db'] }, [fixed('uid-db', first)]), bindings: bound(first) },
      {
        ...made(web, { id: 'c0ffee000000', linkAliases: ['db'], networks: at('172.17.0.3') }, [
          fixed('uid-web', second),
        ]),
        bindings: bound(second),
      },
    ],
  });
  const exchanged = [fixed('uid-db', 7002), fixed('uid-web', 7001)];

  it('has the recipient release its port first where it and its source exchange theirs', async () => {
    expect(await steps({ definitions: [db, web], ...onPorts(7001, 7002), reservations: exchanged })).toEqual([
      ...['web stop', 'web rename', 'db stop', 'db rename', 'db create', 'db start', 'db remove'],
      ...['web create', 'web start', 'web remove'],
    ]);
  });

  it('has the same steps where only one of the two is asked for', async () => {
    const first = await steps({ definitions: [db, web], ...onPorts(7001, 7002), reservations: exchanged });
    const second = await steps({ definitions: [web, db], ...onPorts(7001, 7002), reservations: exchanged });
    expect(second).toEqual(first);
  });

  it('moves one of two names that were exchanged through a temporary one', async () => {
    const plain = definition();
    const containers = [
      made(db, { id: 'db0000000000', name: 'web' }),
      made(plain, { id: 'c0ffee000000', name: 'db', networks: at('172.17.0.3') }),
    ];
    const planned = await foresee({ definitions: [db, plain], containers });
    const both = await foresee({ definitions: [plain, db], containers });
    for (const { steps: taken } of [planned, both]) {
      expect(taken.map(({ action }) => action.kind)).toContain('rename');
    }
    expect(planned.steps[0]?.action).toMatchObject({ kind: 'rename', to: 'db.displaced-db0000000000' });
  });
});

describe('the work of a dry run', () => {
  /** Counts how often the state of a replacement is looked up, which each look at a source does. */
  async function lookups(count: number): Promise<number> {
    const chain = Array.from({ length: count }, (_, n) =>
      definition({
        ...{ seq: n, uid: `uid-${n}`, name: `c-${n}` },
        spec: { links: n === 0 ? [] : [{ container: `c-${n - 1}`, alias: 'next', env: 'all' }] },
      }),
    );
    let lookedUp = 0;
    const observed = createObservedState(new Date(0));
    observed.complete = true;
    const { steps: taken } = await dryRun({
      ...{ definitions: chain, desired: desired(chain), observed, instance: 'i' },
      memory: {
        failedReplacement: () => {
          lookedUp++;
          return null;
        },
        ...{
          lastUpdate: () => null,
          standingOf: () => 'moving',
          failedStart: () => null,
          isAtWork: () => false,
          repairDeferredMs: () => 0,
        },
      },
      ask: async (input) => ({ ...input, image: { kind: 'present', exposed: [] }, network: 'present' }),
    });
    expect(taken).toHaveLength(2 * count);
    return lookedUp;
  }

  it('grows with the length of a chain of links, and not with its square', async () => {
    expect((await lookups(160)) / (await lookups(40))).toBeLessThan(5);
  });
});
