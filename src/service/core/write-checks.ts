import type { Definition, DefinitionInput, Spec } from '../../domain/definition/definition.js';
import { CONTAINER_NAME_RULE, isContainerName } from '../../domain/definition/names.js';
import { declare } from '../../domain/definition/normalize.js';
import { findLinkFaults, nameNetworks } from '../../domain/links/links.js';
import { dependenciesOf } from '../../domain/links/start-order.js';
import { sharedNetwork } from '../../domain/networks/networked.js';
import { Problem } from '../../domain/problems/problem.js';
import type { FieldFault } from '../../domain/problems/result.js';
import { andMore } from '../../domain/problems/summarise.js';
import { missingSecrets } from '../../domain/secrets/secret-refs.js';
import { doing, listed } from '../../lib/sentence.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Change } from './change.js';
import type { WriteOptions } from './options.js';

export const inBody = (faults: readonly FieldFault[]) => faults.map((fault) => ({ in: 'body' as const, ...fault }));

export function invalidDefinition(faults: readonly FieldFault[]): Problem {
  const [first] = faults;
  return new Problem(
    'invalid-definition',
    `${first?.pointer ?? ''}: ${first?.message ?? ''}${andMore(faults.length - 1)}.`,
    {
      faults: inBody(faults),
    },
  );
}

/** The spec that an input declares. @throws Problem with every fault of it */
export function checked(tx: StateReads, name: string, input: DefinitionInput): Spec {
  const faults: FieldFault[] = [];
  if (!isContainerName(name))
    faults.push({ pointer: '/name', message: `${JSON.stringify(name)}: ${CONTAINER_NAME_RULE}` });
  if (input.name !== undefined && input.name !== name) {
    faults.push({
      pointer: '/name',
      message: `is ${JSON.stringify(input.name)}, but the path says ${name}: a definition can't be renamed`,
    });
  }
  const declared = declare(input);
  if (!declared.ok) faults.push(...declared.faults);
  if (declared.ok && faults.length === 0) return declared.spec;
  // Faults between definitions are reported together with the faults in this one.
  const { links = [], network, networks, dependsOn = [] } = input;
  const on = { ...(network !== undefined && { network }), ...(networks !== undefined && { networks }) };
  const linked = declare({ image: 'any', links, dependsOn, ...on });
  if (linked.ok) faults.push(...linkFaults(tx, name, linked.spec));
  throw invalidDefinition(faults);
}

/** Returns the faults of a spec's links and dependencies, among definitions that `specOf` knows. */
export const linkFaultsOf = (
  name: string,
  spec: Spec,
  specOf: (name: string) => Spec | undefined,
): readonly FieldFault[] => findLinkFaults(name, spec, specOf);

const linkFaults = (tx: StateReads, name: string, spec: Spec): readonly FieldFault[] =>
  linkFaultsOf(name, spec, (other) => {
    const definition = tx.byName(other);
    return definition?.deletionRequestedAt === null ? definition.spec : undefined;
  });

export function checkLinks(tx: StateReads, name: string, spec: Spec): void {
  const faults = linkFaults(tx, name, spec);
  if (faults.length > 0) throw invalidDefinition(faults);
}

/** Checks that the secrets of changed definitions exist. @throws Problem with every fault of every one */
export function checkSecrets(tx: StateReads, changes: readonly Change[]): void {
  const faults = changes
    .filter(({ kind, definition }) => kind !== 'unchanged' && definition.deletionRequestedAt === null)
    .flatMap(({ definition: { spec }, placeOf = (fault: FieldFault) => fault }) =>
      missingSecrets(spec, (secret) => tx.sealed('secret', secret) !== undefined).map(placeOf),
    );
  if (faults.length > 0) throw invalidDefinition(faults);
}

/** A source can't be on another network than those that link to it. */
export function checkRecipients(tx: StateReads, name: string, spec: Spec): void {
  const faults = networkFault(name, spec, tx.recipientsOf(name));
  if (faults.length > 0) throw invalidDefinition(faults);
}

/** @param recipients those that link to it */
export function networkFault(name: string, spec: Spec, recipients: readonly Definition[]): readonly FieldFault[] {
  const left = recipients.filter((recipient) => sharedNetwork(recipient.spec, spec) === undefined);
  const [first] = left;
  if (first === undefined) return [];
  const message = `${doing(
    left.map((recipient) => recipient.name),
    'link',
  )} to ${name} over ${nameNetworks(first.spec)}: remove those links first, or keep ${name} there`;
  return [{ pointer: spec.networks === undefined ? '/network' : '/networks', message }];
}

/** A definition that may be changed under the client's conditions. @throws Problem */
export function writable(tx: StateReads, name: string, options: WriteOptions): Definition {
  const current = tx.byName(name);
  if (current === undefined) throw noSuchContainer(name);
  checkGeneration(current, options);
  if (current.deletionRequestedAt === null) return current;
  throw new Problem(
    'name-taken',
    `${name} is being deleted. Wait until the deletion is complete, or PUT with ?wait=SECONDS, which waits and then creates it.`,
  );
}

export function checkGeneration(
  current: Pick<Definition, 'name' | 'generation'>,
  { ifMatch, ifNoneMatch }: Pick<WriteOptions, 'ifMatch' | 'ifNoneMatch'>,
): void {
  const isMatch = ifMatch === undefined || ifMatch === 'any' || ifMatch.includes(current.generation);
  if (ifNoneMatch || !isMatch) {
    throw staleGeneration(current.name, current.generation);
  }
}

export const staleGeneration = (name: string, generation: number | undefined): Problem =>
  new Problem(
    'stale-generation',
    generation === undefined
      ? `${name} does not exist, so If-Match cannot match. Leave If-Match out to create it.`
      : `${name} is at generation ${generation}. GET it, apply your change to that, and send If-Match: "${generation}".`,
  );

export function nameTaken(holder: Definition): Problem {
  const what = holder.deletionRequestedAt === null ? 'already exists' : 'is still being deleted';
  return new Problem('name-taken', `Container ${holder.name} ${what}. Choose another name, or use PUT to change it.`);
}

/** Definitions that need another one, by name: it can't be deleted before them. */
export interface Users {
  readonly recipients: readonly string[];
  readonly dependents: readonly string[];
}

const requires =
  (container: string) =>
  (spec: Spec): boolean =>
    dependenciesOf(spec).some((one) => one.container === container && one.required);

/** Returns those of the definitions that link to, or can't start without, a container. */
export function usersAmong(all: readonly Pick<Definition, 'name' | 'spec'>[], container: string): Users {
  const isLinked = ({ spec }: Pick<Definition, 'spec'>): boolean =>
    spec.links.some((link) => link.container === container);
  return {
    recipients: all.filter(isLinked).map(({ name }) => name),
    dependents: all.filter(({ spec }) => requires(container)(spec)).map(({ name }) => name),
  };
}

/** Refuses to delete a definition that others need. @throws Problem `in-use` */
export function checkUnused({ name }: Definition, users: Users): void {
  const [recipients, dependents] = [[...new Set(users.recipients)], [...new Set(users.dependents)]];
  if (recipients.length + dependents.length === 0) return;
  const uses = [
    ...(recipients.length > 0 ? [`${doing(recipients, 'link')} to ${name}`] : []),
    ...(dependents.length > 0 ? [`${doing(dependents, 'depend')} on ${name}`] : []),
  ];
  const what = dependents.length === 0 ? 'links' : recipients.length === 0 ? 'dependencies' : 'links and dependencies';
  throw new Problem('in-use', `${listed(uses)}. Delete them or remove their ${what} first, or add ?force=true.`);
}

/** Returns the stored definitions that wait for a container of this name at their start, and that stay. */
export const waitingFor = (tx: StateReads, name: string): readonly Definition[] =>
  [...new Set([...tx.recipientsOf(name), ...tx.dependentsOf(name)])].filter(
    ({ deletionRequestedAt }) => deletionRequestedAt === null,
  );

/** Makes the problem for a name that is not defined. */
export const noSuchContainer = (name: string): Problem =>
  new Problem('not-found', `Container ${JSON.stringify(name)} not found. GET /v1/containers lists all containers.`);
