import { describe, expect, it } from 'vitest';
import type { Definition, Reservation } from '../../../src/domain/definition/definition.js';
import { specHash } from '../../../src/domain/definition/hash.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import { NOTHING_RESTORED } from '../../../src/domain/restored.js';
import { createObservedState } from '../../../src/reconcile/observe/observed-state.js';
import { portObstacle } from '../../../src/reconcile/plan/obstacles.js';
import { createPlanInputs } from '../../../src/reconcile/plan/plan-input.js';
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
      claims: () => [],
      hold: () => null,
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
      repairPutOffMs: () => 0,
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
      claims: (_host, protocol, { from, to }) =>
        claims.filter((one) => one.protocol === protocol && one.hostPort >= from && one.hostPort <= to),
      hold: () => null,
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
      repairPutOffMs: () => 0,
    },
  );
  return { ...known.planInput(web), claimants: known.claimantsOf(web) };
}

describe('a host port that a container of the definition has bound', () => {
  const claim = (uid: string, hostPort = 5000): Reservation => ({
    ...{ uid, host: LOCAL_HOST, hostPort, containerPort: 80, protocol: 'tcp', origin: 'fixed', confirmed: true },
  });

  it('is not given up for its own claim', () => {
    expect(inputOf({ claims: [claim('uid-web')] })).toMatchObject({ claimants: [], heldPorts: [], releases: false });
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
      restored: () => ({ ...NOTHING_RESTORED, undeclared: new Set(['uid-other']) }),
      linksMoved: () => false,
      recipientsOf: () => [],
      dependentsOf: () => [],
    },
    observed,
    {
      ...{ failedReplacement: () => null, lastUpdate: () => null, standingOf: () => 'moving' as const },
      ...{ failedStart: () => null, isAtWork: () => false, repairPutOffMs: () => 0 },
    },
    () => 'images of that registry are not allowed',
  );
  expect(portObstacle(known.planInput(web))).toMatchObject({
    reason: 'HostPortInUse',
    message: expect.stringContaining('other, which is paused after a restore. Change that definition or the policy'),
  });
});

describe('a network whose definition is deleted', () => {
  const other = (over: Partial<Definition>, state: 'running' | 'stopped') =>
    definition({ uid: 'uid-db', name: 'db', ...over, spec: { network: 'back', state } });

  it.each(['running', 'stopped'] as const)('stays while a %s definition is on it', (state) => {
    expect(inputOf({ others: [other({}, state)] }).lastOnNetwork).toBe(false);
  });

  it.each(['running', 'stopped'] as const)('goes with a %s definition that is deleted as well', (state) => {
    expect(inputOf({ others: [other({ deletionRequestedAt: new Date(0) }, state)] }).lastOnNetwork).toBe(true);
    expect(inputOf({}).lastOnNetwork).toBe(true);
  });
});
