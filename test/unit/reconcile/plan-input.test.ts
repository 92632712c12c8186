import { describe, expect, it } from 'vitest';
import type { Definition, Reservation } from '../../../src/domain/definition/definition.js';
import { specHash } from '../../../src/domain/definition/hash.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import { NOTHING_RESTORED } from '../../../src/domain/restored.js';
import {
  createObservedState,
  type ObservedState,
  type OwnContainer,
} from '../../../src/reconcile/observe/observed-state.js';
import { rolloutKey } from '../../../src/reconcile/plan/candidates.js';
import { createPlanInputs } from '../../../src/reconcile/plan/input/plan-input.js';
import { claimObstacle } from '../../../src/reconcile/plan/obstacles.js';
import { definition } from '../../support/definition.js';
import { container } from './builders.js';

/** Layers of definitions, each linked to all of the layer below, and each running as it is wanted. */
function layered(width: number, depth: number) {
  const definitions = new Map<string, Definition>();
  const observed = createObservedState(new Date(0));
  for (let layer = 0; layer < depth; layer++) {
    for (let at = 0; at < width; at++) {
      const name = `n${layer}-${at}`;
      const below = Array.from({ length: layer === 0 ? 0 : width }, (_, i) => `n${layer - 1}-${i}`);
      const links = below.map((one) => ({ container: one, alias: one, env: 'none' as const }));
      const made = definition({ uid: name, name, spec: { links, onLinkChange: 'ignore' } });
      definitions.set(name, made);
      const owner = { instance: 'i', uid: name, name, generation: 1, hash: specHash(made.spec, { bindings: [] }) };
      observed.putOwn(container({ id: `id-${name}`, name, owner }));
    }
  }
  let asked = 0;
  const known = createPlanInputs(
    {
      byName(name) {
        asked++;
        return definitions.get(name);
      },
      reservationsOf: () => [],
      onNetwork: () => [],
      network: () => undefined,
      addressesOf: () => [],
      ownerOfAddress: () => undefined,
      claims: () => [],
      hold: () => null,
      sealed: () => undefined,
      restored: () => NOTHING_RESTORED,
      linksMoved: () => false,
      recipientsOf: () => [],
      dependentsOf: () => [],
    },
    observed,
    {
      failedReplacement: () => null,
      lastUpdate: () => null,
      standingOf: () => 'moving',
      failedStart: () => null,
      isAtWork: () => false,
      repairDeferredMs: () => 0,
    },
  );
  const top = definitions.get(`n${depth - 1}-0`) as Definition;
  return { links: known.planInput(top).links, asked };
}

it('a source that is reached by many ways is resolved once: the cost grows with the links, not with the ways', () => {
  const { links, asked } = layered(4, 12);
  expect(links.map(({ source }) => source.kind)).toEqual(['running', 'running', 'running', 'running']);
  // One for each link: 4 of the top, and 16 of each layer below it.
  expect(asked).toBe(4 + 10 * 16);
});

/** The plan's input for `web` beside other definitions on its network, and claims of host ports. */
function inputOf({ others = [], claims = [] }: { others?: readonly Definition[]; claims?: readonly Reservation[] }) {
  const web = definition({ spec: { network: 'back' } });
  const observed = createObservedState(new Date(0));
  observed.putOwn(container({ bindings: [{ hostIp: '', hostPort: 5000, containerPort: 80, protocol: 'tcp' }] }));
  const known = createPlanInputs(
    {
      byName: (name) => [web, ...others].find((one) => one.name === name),
      reservationsOf: (uid) => claims.filter((claim) => claim.uid === uid),
      onNetwork: (network) => [web, ...others].filter(({ spec }) => spec.network === network),
      network: () => undefined,
      addressesOf: () => [],
      ownerOfAddress: () => undefined,
      claims: (_host, protocol, { from, to }) =>
        claims.filter((one) => one.protocol === protocol && one.hostPort >= from && one.hostPort <= to),
      hold: () => null,
      sealed: () => undefined,
      restored: () => NOTHING_RESTORED,
      linksMoved: () => false,
      recipientsOf: () => [],
      dependentsOf: () => [],
    },
    observed,
    {
      failedReplacement: () => null,
      lastUpdate: () => null,
      standingOf: () => 'moving',
      failedStart: () => null,
      isAtWork: () => false,
      repairDeferredMs: () => 0,
    },
  );
  return { ...known.planInput(web), claimants: known.claimantsOf(web) };
}

describe('a host port that a container of the definition has bound', () => {
  const claim = (uid: string, hostPort = 5000): Reservation => ({
    ...{ uid, host: LOCAL_HOST, hostPort, containerPort: 80, protocol: 'tcp', origin: 'fixed', confirmed: true },
  });

  it('is not released for its own claim', () => {
    expect(inputOf({ claims: [claim('uid-web')] })).toMatchObject({ claimants: [], heldClaims: [], releases: false });
  });

  it('is awaited by another definition that claims it', () => {
    expect(inputOf({ claims: [claim('uid-other')] })).toMatchObject({ claimants: ['uid-other'] });
    expect(inputOf({ claims: [claim('uid-other', 5001)] })).toMatchObject({ claimants: [] });
  });
});

it('a host port that a paused definition holds needs a person', () => {
  const [web, other] = [definition(), definition({ uid: 'uid-other', name: 'other' })];
  const observed = createObservedState(new Date(0));
  const owner = { instance: 'i', uid: 'uid-other', name: 'other', generation: 1, hash: '1:other' };
  const bound = { hostIp: '0.0.0.0', hostPort: 5000, containerPort: 80, protocol: 'tcp' } as const;
  observed.putOwn(container({ id: 'c1', name: 'other', owner, bindings: [bound] }));
  const claim: Reservation = { ...bound, uid: 'uid-web', host: LOCAL_HOST, origin: 'fixed', confirmed: true };
  const known = createPlanInputs(
    {
      byName: (name) => [web, other].find((one) => one.name === name),
      reservationsOf: (uid) => (uid === 'uid-web' ? [claim] : []),
      ...{ onNetwork: () => [], network: () => undefined, addressesOf: () => [], claims: () => [], hold: () => null },
      ownerOfAddress: () => undefined,
      sealed: () => undefined,
      restored: () => ({ ...NOTHING_RESTORED, undeclared: new Set(['uid-other']) }),
      linksMoved: () => false,
      recipientsOf: () => [],
      dependentsOf: () => [],
    },
    observed,
    {
      ...{ failedReplacement: () => null, lastUpdate: () => null, standingOf: () => 'moving' as const },
      ...{ failedStart: () => null, isAtWork: () => false, repairDeferredMs: () => 0 },
    },
    () => 'images of that registry are not allowed',
  );
  expect(claimObstacle(known.planInput(web))).toMatchObject({
    reason: 'HostPortInUse',
    message: expect.stringContaining('other, which is paused after a restore. Change that definition or the policy'),
  });
});

describe('an address of a definition that another container has', () => {
  const on = { network: 'lan', address: '10.0.0.2' };
  const endpoint = { networkId: 'n', ipAddress: '10.0.0.2', fixedAddresses: ['10.0.0.2'], links: [] };
  const web = definition({ spec: { network: 'lan' } });
  const other = definition({ uid: 'uid-other', name: 'other', spec: { network: 'lan' } });
  const owner = { instance: 'i', uid: 'uid-other', name: 'other', generation: 1, hash: '1:other' };
  const others = (over: Partial<OwnContainer> = {}): OwnContainer =>
    container({ id: 'c1', name: 'other', owner, networks: { lan: endpoint }, ...over });

  /** The plan's input of `web`, and the claimants of `other`, once these containers are observed. */
  function inputBeside(
    observe: (observed: ObservedState) => void,
    {
      definitions = [web, other],
      abandoned = false,
    }: { definitions?: readonly Definition[]; abandoned?: boolean } = {},
  ) {
    const observed = createObservedState(new Date(0));
    observe(observed);
    const inputs = createPlanInputs(
      {
        byName: (name) => definitions.find((one) => one.name === name),
        ...{ reservationsOf: () => [], claims: () => [], onNetwork: () => definitions, network: () => undefined },
        addressesOf: (uid) => (uid === 'uid-web' ? [{ ...on, uid, host: LOCAL_HOST, origin: 'assigned' }] : []),
        ownerOfAddress: (network, address) => (network === 'lan' && address === on.address ? 'uid-web' : undefined),
        sealed: () => undefined,
        ...{ hold: () => null, restored: () => NOTHING_RESTORED, linksMoved: () => false, recipientsOf: () => [] },
        dependentsOf: () => [],
      },
      observed,
      {
        failedReplacement: ({ uid, spec }) =>
          abandoned && uid === 'uid-other'
            ? { key: rolloutKey({ ...FACTS, definition: other, hash: specHash(spec, { bindings: [] }) }), message: '' }
            : null,
        ...{ lastUpdate: () => null, standingOf: () => 'moving', failedStart: () => null },
        ...{ isAtWork: () => false, repairDeferredMs: () => 0 },
      },
    );
    return { input: inputs.planInput(web), claimants: inputs.claimantsOf(other), inputs };
  }
  const FACTS = { runsOn: 'lan', links: [], linkEnvRules: 'classic', lacks: {} } as const;

  it.each<[string, Parameters<typeof inputBeside>, string, string]>([
    ['is awaited', [(observed) => observed.putOwn(others())], 'AddressChanging', 'which will release it'],
    [
      'is kept by a definition that was rolled back',
      [(observed) => observed.putOwn(others()), { abandoned: true }],
      'AddressInUse',
      'Correct that definition or declare another address',
    ],
    [
      'is taken by a container that will be started again',
      [(observed) => observed.putOwn(others({ state: 'exited' })), { abandoned: true }],
      'AddressInUse',
      'which was rolled back',
    ],
    [
      'is kept by a container without a definition',
      [(observed) => observed.putOwn(others()), { definitions: [web] }],
      'AddressInUse',
      'the address 10.0.0.2 on lan is held by the container other, which belongs to no definition. Remove it',
    ],
    [
      'is kept by an adopted container that stays as it is',
      [
        (observed) =>
          observed.putOwn(
            others({ isAdopted: true, owner: { ...owner, hash: specHash(other.spec, { bindings: [] }) } }),
          ),
      ],
      'AddressInUse',
      'which was adopted with it',
    ],
    [
      'is kept by a container that Berth does not manage',
      [
        (observed) =>
          observed.putForeign({
            ...{ id: 'f1', name: 'by-hand', linkNames: [], owner: null, state: 'running', health: 'none' },
            ...{ bindings: [], addresses: { lan: '10.0.0.2' } },
          }),
      ],
      'AddressInUse',
      'Stop it or declare another address',
    ],
  ])('%s', (_, [observe, options], reason, message) => {
    const { input } = inputBeside(observe, options);
    expect(claimObstacle(input)).toMatchObject({
      ...{ condition: 'Ready', reason, until: 'event', message: expect.stringContaining(message) },
    });
  });

  it.each<[string, Partial<OwnContainer>]>([
    ['that is down and will not be started again', { state: 'exited' }],
    ['on another network', { networks: { wan: endpoint } }],
    ['between two runs', { state: 'restarting', networks: { lan: { ...endpoint, ipAddress: '' } } }],
  ])('is free beside a container %s', (_, over) => {
    expect(inputBeside((observed) => observed.putOwn(others(over))).input.heldClaims).toEqual([]);
  });

  it('is free once that container has gone, or has been given another address', () => {
    const moved = { ...endpoint, ipAddress: '10.0.0.3', fixedAddresses: ['10.0.0.3'] };
    for (const free of [
      (observed: ObservedState) => observed.drop('c1'),
      (observed: ObservedState) => observed.putOwn(others({ networks: { lan: moved } })),
    ]) {
      const { input, claimants } = inputBeside((observed) => {
        observed.putOwn(others());
        free(observed);
      });
      expect({ held: input.heldClaims, claimants }).toEqual({ held: [], claimants: [] });
    }
  });

  it('makes the definition wait for that one, which knows it as a claimant', () => {
    const { claimants, inputs } = inputBeside((observed) => observed.putOwn(others()));
    expect(claimants).toEqual(['uid-web']);
    expect(inputs.waitsOf(web)).toEqual([{ over: 'claim', on: other }]);
    expect(inputs.exchangePartners(other)).toEqual([]);
  });

  it('blocks a container that is down and takes it', () => {
    const down = container({ id: 'c2', state: 'exited', networks: { lan: { ...endpoint, ipAddress: '' } } });
    const { input, inputs } = inputBeside((observed) => {
      observed.putOwn(others());
      observed.putOwn(down);
    });
    expect(input.blocked).toEqual(new Set(['c2']));
    expect(inputs.exchangePartners(other)).toEqual([web]);
    expect(inputs.exchangePartners(web)).toEqual([other]);
  });
});

describe('a network whose definition is deleted', () => {
  const other = (over: Partial<Definition>, state: 'running' | 'stopped') =>
    definition({ uid: 'uid-db', name: 'db', ...over, spec: { network: 'back', state } });

  it.each(['running', 'stopped'] as const)('stays while a %s definition is on it', (state) => {
    expect(inputOf({ others: [other({}, state)] }).leaves).toEqual([]);
  });

  it.each(['running', 'stopped'] as const)('goes with a %s definition that is deleted as well', (state) => {
    expect(inputOf({ others: [other({ deletionRequestedAt: new Date(0) }, state)] }).leaves).toHaveLength(1);
    expect(inputOf({}).leaves).toHaveLength(1);
  });
});
