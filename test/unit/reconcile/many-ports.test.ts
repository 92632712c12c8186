/** Work on containers with thousands of host ports, counted: it grows with their number, and not with its square. */

import { describe, expect, it } from 'vitest';
import type { Reservation } from '../../../src/domain/definition/definition.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import { NOTHING_RESTORED } from '../../../src/domain/restored.js';
import type { HostBinding } from '../../../src/engine/engine.js';
import { createObservedState, type OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import { differences } from '../../../src/reconcile/plan/candidates.js';
import { createPlanInputs } from '../../../src/reconcile/plan/input/plan-input.js';
import type { PlanInput } from '../../../src/reconcile/plan/types.js';
import { type ConditionInput, findConditions } from '../../../src/reconcile/status/conditions.js';
import { ledger } from '../../../src/service/ports/ledger.js';
import type { Store } from '../../../src/store/types.js';
import { definition } from '../../support/definition.js';
import { container } from './builders.js';

const reservations = (count: number): readonly Reservation[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ uid: 'uid-web', hostPort: 1000 + n, containerPort: 1 + n, protocol: 'tcp' as const },
    ...{ host: LOCAL_HOST, origin: 'fixed' as const, confirmed: true },
  }));

/** A container with bindings that count how often their numbers are read. */
function counted(count: number) {
  let reads = 0;
  const bindings = reservations(count).map(
    ({ hostPort, containerPort, protocol }): HostBinding => ({
      ...{ hostIp: '0.0.0.0', containerPort, protocol },
      get hostPort() {
        reads++;
        return hostPort;
      },
    }),
  );
  return { container: container({ bindings, published: bindings, isAdopted: true }), reads: () => reads };
}

const ENGINE = { reachable: true, reason: 'Connected', message: '', since: new Date(0), version: undefined };

const WORK: readonly (readonly [string, (of: ReturnType<typeof counted>['container'], count: number) => unknown])[] = [
  [
    'the condition of its ports',
    (of, count) =>
      findConditions({
        ...{ definition: definition(), engine: ENGINE, complete: true, container: of, differences: [], update: null },
        ...{ bindings: reservations(count), links: [], stale: [], hosts: { outcomes: new Map(), fault: null } },
        ...{ attempt: { kind: 'none' }, held: null, unreachable: null },
      } as unknown as ConditionInput).find(({ type, status }) => type === 'PortsBound' && status === 'True'),
  ],
  [
    'the differences of an adopted container',
    (of, count) => {
      const facts = {
        definition: definition(),
        ...{ runsOn: 'bridge', networkOwner: null },
        hash: of.owner?.hash,
        reserved: reservations(count),
        lacks: {},
        outdatedNetworks: new Map(),
        addresses: [],
        links: [],
      };
      return differences(facts as unknown as PlanInput, of, () => null).length === 0;
    },
  ],
  [
    'the ledger',
    (of, count) => {
      const observed = createObservedState(new Date(0));
      observed.putOwn(of);
      const store = { all: () => [definition()], reservationsOf: () => reservations(count) } as unknown as Store;
      return ledger(store, { name: LOCAL_HOST, observed }, {}).items.every(({ bound }) => bound);
    },
  ],
  ['the search for exchanged ports in bindings', (of, count) => exchange(of, count).exchangePartners(WEB).length > 0],
  [
    'the search for exchanged ports in claims',
    (of, count) => exchange(of, count).planInput(WEB).heldClaims.length === 0,
  ],
];

const WEB = definition();

/** The plan's inputs of `web`, which runs on host ports that a container of `other` published before it stopped. */
function exchange({ published }: OwnContainer, count: number) {
  const other = definition({ uid: 'uid-other', name: 'other', spec: { state: 'running' } });
  const owner = { instance: 'i', uid: 'uid-other', name: 'other', generation: 1, hash: '1:before' };
  const observed = createObservedState(new Date(0));
  observed.putOwn(container({ bindings: reservations(count).map((one) => ({ ...one, hostIp: '' })) }));
  observed.putOwn(container({ id: 'down', name: 'other', owner, published, state: 'exited' }));
  return createPlanInputs(
    {
      byName: (name) => [WEB, other].find((one) => one.name === name),
      reservationsOf: (uid) => reservations(count).map((one) => ({ ...one, uid })),
      ...{
        onNetwork: () => [],
        claims: () => [],
        hold: () => null,
        restored: () => NOTHING_RESTORED,
        sealed: () => undefined,
      },
      ...{
        linksMoved: () => false,
        recipientsOf: () => [],
        dependentsOf: () => [],
        network: () => undefined,
        addressesOf: () => [],
        ownerOfAddress: () => undefined,
      },
    },
    observed,
    {
      ...{ failedReplacement: () => null, lastUpdate: () => null, standingOf: () => 'moving', failedStart: () => null },
      ...{ isAtWork: () => false, repairDeferredMs: () => 0 },
    },
  );
}

describe.each(WORK)('%s', (_, work) => {
  it('reads each of thousands of bindings a few times', () => {
    const count = 4096;
    const { container: of, reads } = counted(count);
    expect(work(of, count)).toBeTruthy();
    expect(reads()).toBeLessThan(20 * count);
  });
});
