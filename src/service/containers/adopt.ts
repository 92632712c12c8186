/** Adopts a container that the engine already runs: it stays as it is, and Berth manages it from then on. */

import type { Definition, Reservation } from '../../domain/definition/definition.js';
import { specHash } from '../../domain/definition/hash.js';
import { CONTAINER_NAME_RULE, isContainerName } from '../../domain/definition/names.js';
import { declare } from '../../domain/definition/normalize.js';
import { aliasesOf } from '../../domain/links/network-names.js';
import { collide } from '../../domain/ports/conflicts.js';
import { Problem } from '../../domain/problems/problem.js';
import type { FieldFault } from '../../domain/problems/result.js';
import type { ChangedField, Derivation, LostField } from '../../engine/engine.js';
import { EngineError } from '../../engine/errors.js';
import { listed } from '../../lib/sentence.js';
import type { Host } from '../../reconcile/hosts.js';
import type { ObservedState } from '../../reconcile/observe/observed-state.js';
import type { StateReads } from '../../store/state/memory.js';
import type { StoreTransaction } from '../../store/types.js';
import type { Policies } from '../access/policy.js';
import type { Change } from '../core/change.js';
import type { Commit } from '../core/commit.js';
import type { WriteOptions } from '../core/options.js';
import { inBody, invalidDefinition, linkFaultsOf, nameTaken } from '../core/write-checks.js';
import type { ContainerView } from './views.js';

export interface AdoptInput {
  /** The name or id of a container on the engine. */
  readonly container: string;
  /** Adopts it even if its first replacement would lose some of its settings. */
  readonly force?: boolean;
}

export interface AdoptOutcome {
  readonly kind: 'adopted' | 'dry-run';
  readonly container: ContainerView;
  /** Settings that its first replacement would lose. */
  readonly lost: readonly { readonly field: string; readonly value: unknown; readonly reason: string }[];
  /** Settings that differ on every container that Berth makes, and so on its replacement. */
  readonly changed: readonly ChangedField[];
}

export interface AdoptService {
  /** Adopts a container that the engine runs. */
  adopt(input: AdoptInput, options: WriteOptions<AdoptOutcome>): Promise<AdoptOutcome>;
}

export function createAdopt(options: {
  readonly commit: Commit;
  /** The host whose containers are adopted. */
  readonly host: Pick<Host, 'name' | 'engine' | 'observed'>;
  readonly policies: Pick<Policies, 'allowsPath'>;
  readonly instance: () => string;
  readonly preview: (definition: Definition, state: StateReads) => ContainerView;
}): AdoptService {
  const { commit, policies, instance, preview } = options;
  const { host } = options;
  const { engine } = host;

  async function derivationOf(nameOrId: string): Promise<Derivation> {
    const derivation = await engine.derive(nameOrId).catch((error: unknown) => {
      if (!(error instanceof EngineError)) throw error;
      throw new Problem('engine-unavailable', `The engine could not be queried: ${error.message}.`, { cause: error });
    });
    if (derivation !== null) return derivation;
    throw new Problem(
      'not-found',
      `Container ${JSON.stringify(nameOrId)} not found on the engine. docker ps -a lists its containers.`,
    );
  }

  return {
    async adopt(input, options) {
      const derivation = await derivationOf(input.container);
      checkOwner(derivation, instance());
      checkReach(derivation, policies.allowsPath);
      checkLosses(derivation, input);
      const outcomeOf = ([change]: readonly Change[], state: StateReads): AdoptOutcome => {
        if (change === undefined) throw new Error('an adoption created no definition');
        const container = preview(change.definition, state);
        return { kind: 'adopted', container, lost: derivation.lost.map(reported), changed: derivation.changed };
      };
      const done = await commit(options, (tx) => adopt(tx, derivation, host), outcomeOf);
      if (done.kind === 'committed') return done.outcome;
      return { ...outcomeOf(done.changes, done.desired), kind: 'dry-run' };
    },
  };
}

function checkOwner({ container: { owner, name } }: Derivation, instance: string): void {
  if (owner === null) return;
  const whose = owner.instance === instance ? 'already managed by this Berth' : 'managed by another Berth';
  throw new Problem('not-adoptable', `${name} is ${whose}, so it can't be adopted.`);
}

const reported = ({ field, value, reason }: LostField): Omit<LostField, 'reach'> => ({ field, value, reason });

/** Refuses settings that reach the host, forced or not: anyone who may use Berth may run commands in the container. */
function checkReach({ lost, container: { name } }: Derivation, allowsPath: (path: string) => boolean): void {
  const found = lost.filter(({ reach }) => reach !== undefined && (reach.path === null || !allowsPath(reach.path)));
  if (found.length === 0) return;
  const detail = `${name} has access to its host (${listed(found.map(({ field }) => field))}), which definitions don't allow, so it can't be adopted.`;
  throw new Problem('policy-denied', detail, {
    faults: found.map(({ field, value }) => ({
      in: 'body',
      pointer: '/container',
      message: `${field} is ${JSON.stringify(value)}: recreate the container without it, or leave it unmanaged`,
    })),
  });
}

/** @throws Problem with all that the first replacement would lose, unless that is wanted */
function checkLosses({ lost, container: { name } }: Derivation, { force = false }: AdoptInput): void {
  if (lost.length === 0 || force) return;
  const fields = lost.map(({ field }) => field);
  throw new Problem(
    'would-interrupt',
    `${name} uses settings that a definition does not support (${listed(fields)}), and its first replacement would lose them. Send "force": true to adopt it anyway.`,
    {
      faults: lost.map(({ field, value, reason }) => ({
        in: 'body',
        pointer: '/container',
        message: `${field} is ${JSON.stringify(value)}: ${reason}`,
      })),
    },
  );
}

async function adopt(
  tx: StoreTransaction,
  derivation: Derivation,
  { name: host, observed }: Pick<Host, 'name' | 'observed'>,
): Promise<readonly Change[]> {
  const { container, input, picked } = derivation;
  const { name = '' } = input;
  const adopter = tx.adopterOf(container.id);
  if (adopter !== undefined) {
    throw new Problem('not-adoptable', `${name} is already adopted as ${adopter.name}.`);
  }
  const holder = tx.byName(name);
  if (holder?.adopted?.id === container.id && holder.deletionRequestedAt === null) {
    // The adoption came with a restore, and could not be confirmed here until now.
    await tx.confirmRestored({ containers: [container.id] });
    return [{ kind: 'created', before: undefined, definition: holder, placeOf: inContainer }];
  }
  if (holder !== undefined) throw nameTaken(holder);
  const spec = specOf(tx, derivation, observed);
  const { uid } = await tx.insert({ name, spec });
  const held = picked.map((place): Reservation => ({ ...place, uid, host, confirmed: true }));
  const taken = held.flatMap((claim) =>
    tx
      .claims(host, claim.protocol, { from: claim.hostPort, to: claim.hostPort })
      .filter((other) => collide(claim, other)),
  );
  if (taken.length > 0) {
    const ports = taken.map((claim) => `${claim.hostPort} of ${tx.byUid(claim.uid)?.name}`);
    throw new Problem('port-claimed', `Other definitions have claimed its host ports: ${listed(ports)}.`);
  }
  await tx.setReservations(uid, held);
  const inserted = tx.byUid(uid);
  if (inserted === undefined) throw new Error('the adopted definition is missing from the store');
  await tx.reserve(inserted);
  const hash = specHash(spec, { bindings: tx.reservationsOf(uid), aliases: aliasesOf(name, spec) });
  const definition = await tx.setAdopted(uid, { id: container.id, generation: 1, hash });
  return [{ kind: 'created', before: undefined, definition, placeOf: inContainer }];
}

/** Places a fault at the name of the container in the body, since the problem is in that container. */
const inContainer = ({ pointer, message }: FieldFault): FieldFault => ({
  pointer: '/container',
  message: `${pointer}: ${message}`,
});

/** @throws Problem with every reason why no definition can describe it */
function specOf(tx: StateReads, { container, input, links }: Derivation, observed: ObservedState) {
  const { name = '' } = input;
  const faults: FieldFault[] = [];
  const wrong = (message: string) => faults.push({ pointer: '/container', message });
  if (!isContainerName(name))
    wrong(`its name ${JSON.stringify(name)} is not valid for a definition: ${CONTAINER_NAME_RULE}`);
  for (const { container: sourceName, alias } of links) {
    const source = tx.byName(sourceName);
    const isSource =
      source !== undefined &&
      observed.ownOf(source.uid).some(({ linkNames }) => linkNames.includes(`${name}/${alias}`));
    if (!isSource) wrong(`it links to ${sourceName}, which Berth does not manage: adopt that container first`);
  }
  const declared = declare(input);
  if (!declared.ok) for (const fault of declared.faults) wrong(`${fault.pointer}: ${fault.message}`);
  if (declared.ok && faults.length === 0) {
    const stored = (other: string) => tx.byName(other)?.spec;
    const linkFaults = linkFaultsOf(name, declared.spec, stored);
    if (linkFaults.length > 0) throw invalidDefinition(linkFaults);
    const networks = Object.keys(container.networks);
    const isOnItsNetwork = networks.length === 0 || networks.every((network) => network === declared.spec.network);
    if (isOnItsNetwork) return declared.spec;
    wrong(
      `it is on ${listed(networks)}, but only containers on a single network can be adopted: disconnect it from the others first`,
    );
  }
  throw new Problem('not-adoptable', `${name} can't be taken over: ${listed(faults.map(({ message }) => message))}.`, {
    faults: inBody(faults),
  });
}
