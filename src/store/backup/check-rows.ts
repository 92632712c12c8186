/** Every rule of a declaration, held against the rows of a database that somebody sent: alone, and among each other. */

import { type Definition, FIELD_NAMES, type FieldName, type Reservation } from '../../domain/definition/definition.js';
import { CONTAINER_NAME_RULE, isContainerName, isInstance } from '../../domain/definition/names.js';
import { declare, toInput } from '../../domain/definition/normalize.js';
import { hostOf } from '../../domain/host.js';
import type { Run } from '../../domain/jobs/run.js';
import { nameNetworks } from '../../domain/links/links.js';
import { dependenciesOf, edgesOf, type Ordered, topological } from '../../domain/links/start-order.js';
import { sharedNetwork } from '../../domain/networks/networked.js';
import { collide } from '../../domain/ports/conflicts.js';
import { claimedMappings } from '../../domain/ports/host-network.js';
import { canonicalIp } from '../../domain/ports/ip.js';
import { portKey } from '../../domain/ports/parse.js';
import { reserve } from '../../domain/ports/reserve.js';
import { type FieldFault, pointer } from '../../domain/problems/result.js';
import { readRegistry } from '../../domain/registries/registry-key.js';
import { placeOf, type SealedValue } from '../../domain/secrets/sealed-value.js';
import { isSecretName, missingSecrets, SECRET_NAME_RULE } from '../../domain/secrets/secret-refs.js';
import { isWebhookName, WEBHOOK_NAME_RULE } from '../../domain/webhooks/webhook.js';
import { isSameJson } from '../../lib/canonical-json.js';
import { groupBy } from '../../lib/multimap.js';
import type { Stored, StoredResponse } from '../storage.js';
import { networkFaults } from './check-networks.js';
import { definitionFault, reservationFault, runRowFault, sealedRowFault } from './row-schemas.js';

/** Lists at most this many faults: no person reads more. */
const MAX_FAULTS = 1000;

/** Rows to check against the rules. */
interface Rows extends Pick<Stored, 'definitions' | 'reservations' | 'networks' | 'addresses' | 'sealed' | 'runs'> {
  readonly instance: string | null;
}

/**
 * Finds every fault of the rows, each with its place as a JSON pointer: `/definitions/web/links/0`.
 *
 * @param breathe called between definitions, so that others are served meanwhile
 */
export async function rowFaults(rows: Rows, breathe: () => Promise<void>): Promise<readonly FieldFault[]> {
  const { definitions, instance } = rows;
  const faults: FieldFault[] = [];
  if (instance !== null && !isInstance(instance)) {
    faults.push({ pointer: '/instance', message: 'is not 1 to 200 printable characters without a space' });
  }
  const claims = groupBy(rows.reservations, ({ uid }) => uid);
  const shaped: Definition[] = [];
  for (const definition of definitions) {
    await breathe();
    const own = ownFaults(definition);
    faults.push(...own.slice(0, MAX_FAULTS));
    if (own.length === 0) shaped.push(definition);
    if (faults.length >= MAX_FAULTS) return faults.slice(0, MAX_FAULTS);
  }
  const known = new Set(definitions.map(({ uid }) => uid));
  for (const reservation of rows.reservations) {
    if (!known.has(reservation.uid)) faults.push(at(['ports', portKey(reservation)], 'belongs to no definition'));
  }
  const secrets = new Set(rows.sealed.filter(({ kind }) => kind === 'secret').map(({ name }) => name));
  faults.push(...linkFaults(shaped), ...adoptionFaults(shaped), ...shaped.flatMap((one) => secretFaults(one, secrets)));
  for (const definition of shaped) {
    await breathe();
    faults.push(...claimFaults(definition, claims.get(definition.uid) ?? []));
    if (faults.length >= MAX_FAULTS) break;
  }
  faults.push(
    ...collisions(rows),
    ...networkFaults({ ...rows, definitions: shaped }),
    ...rows.sealed.flatMap(sealedFaults),
    ...rows.runs.flatMap((run) => runFaults(run, known)),
  );
  return faults.slice(0, MAX_FAULTS);
}

/** Returns the faults of a kept answer, which is sent again as it stands. */
export function responseFaults({ key, status, headers, at: time }: StoredResponse): readonly FieldFault[] {
  const isWhole =
    status >= 200 &&
    status <= 599 &&
    typeof headers === 'object' &&
    headers !== null &&
    Object.entries(headers).every(
      ([name, value]) => HEADER_NAME.test(name) && typeof value === 'string' && HEADER_VALUE.test(value),
    );
  if (isWhole && !Number.isNaN(time.getTime())) return [];
  return [at(['responses', key.slice(0, 100)], 'is not an answer that this version stores')];
}

const HEADER_NAME = /^[a-z0-9-]{1,100}$/;
const HEADER_VALUE = /^[\t\x20-\x7e]{0,4096}$/;

const at = (place: readonly (string | number)[], message: string): FieldFault => ({
  pointer: pointer(...place),
  message,
});

const within = (definition: Definition, place: string, message: string): FieldFault => ({
  pointer: `${pointer('definitions', definition.name)}${place}`,
  message,
});

/** Uses of secrets that are not in the backup. */
const secretFaults = (definition: Definition, secrets: ReadonlySet<string>): readonly FieldFault[] =>
  missingSecrets(definition.spec, (secret) => secrets.has(secret)).map(({ pointer: place, message }) =>
    within(definition, place, message),
  );

/** Faults of a sealed value. It may be one that no key here opens. */
function sealedFaults(value: SealedValue): readonly FieldFault[] {
  const fault = sealedRowFault(value) ?? sealedNameFault(value);
  const isDated = isTime(value.createdAt) && isTime(value.updatedAt);
  if (fault === undefined && isDated) return [];
  return [at(['sealed', placeOf(value).slice(0, 300)], fault ?? 'has invalid times')];
}

/** Faults of a run of a job. */
function runFaults(run: Run, uids: ReadonlySet<string>): readonly FieldFault[] {
  const fault = uids.has(run.uid) ? runRowFault(run) : 'belongs to no definition';
  return fault === undefined ? [] : [at(['runs', run.id.slice(0, 300)], fault)];
}

function sealedNameFault({ kind, name }: SealedValue): string | undefined {
  if (kind === 'webhook') return isWebhookName(name) ? undefined : WEBHOOK_NAME_RULE;
  if (kind === 'secret') return isSecretName(name) ? undefined : SECRET_NAME_RULE;
  const host = readRegistry(name);
  if (!host.ok) return host.message;
  return host.value === name ? undefined : 'is not in the form in which Berth stores it';
}

/** Faults within one definition. */
function ownFaults(definition: Definition): readonly FieldFault[] {
  const { name, spec, createdAt, updatedAt, deletionRequestedAt } = definition;
  const isDated = [createdAt, updatedAt, deletionRequestedAt ?? createdAt].every((time) => isTime(time));
  if (!isDated) return [within(definition, '', 'has invalid times')];
  const shape = definitionFault(definition);
  if (shape !== undefined) return [within(definition, shape.pointer, shape.message)];
  if (!isContainerName(name)) return [within(definition, '', CONTAINER_NAME_RULE)];
  const declared = declare(toInput(spec));
  if (!declared.ok) return declared.faults.map(({ pointer: place, message }) => within(definition, place, message));
  return FIELD_NAMES.filter((field) => !RESPELT.has(field))
    .filter((field) => !isSameJson(declared.spec[field] ?? null, spec[field] ?? null))
    .map((field) => within(definition, `/${field}`, 'is not in the form in which Berth stores it'));
}

/** Fields that older versions stored in another form, which means the same. */
const RESPELT: ReadonlySet<FieldName> = new Set(['image', 'healthcheck']);

/** SQLite keeps any number; Berth writes times between these. */
const isTime = (time: Date): boolean => time.getTime() >= 0 && time.getTime() < Date.UTC(3000, 0);

/**
 * Links and dependencies between definitions. One that is missing is no fault: a forced deletion leaves the definitions
 * that wait for it as they are.
 */
function linkFaults(all: readonly Definition[]): readonly FieldFault[] {
  const staying = all.filter(({ deletionRequestedAt }) => deletionRequestedAt === null);
  const byName = new Map(staying.map((definition) => [definition.name, definition]));
  const order = topological([...byName.keys()], (name) => edgesOf(byName.get(name)?.spec ?? NO_EDGES));
  const places = new Map(order.map((name, index) => [name, index]));
  return staying.flatMap((definition) => {
    const { links } = definition.spec;
    const at = (place: string, message: string | undefined) =>
      message === undefined ? [] : [within(definition, place, message)];
    return [
      ...links.flatMap(({ container }, index) =>
        at(`/links/${index}`, linkFault(definition, byName.get(container), places)),
      ),
      ...dependenciesOf(definition.spec).flatMap(({ container }, index) =>
        at(`/dependsOn/${index}`, orderFault(definition, byName.get(container), places)),
      ),
    ];
  });
}

const NO_EDGES: Ordered = { links: [], network: 'bridge' };

function orderFault(
  { name }: Pick<Definition, 'name'>,
  awaited: Definition | undefined,
  places: ReadonlyMap<string, number>,
): string | undefined {
  if (awaited === undefined) return undefined;
  if (awaited.name === name) return `${name} waits for itself`;
  return (places.get(awaited.name) ?? 0) > (places.get(name) ?? 0)
    ? `the links and dependencies form a cycle through ${awaited.name} and ${name}`
    : undefined;
}

function linkFault(
  { name, spec }: Definition,
  source: Definition | undefined,
  places: ReadonlyMap<string, number>,
): string | undefined {
  if (source === undefined) return undefined;
  const fault = orderFault({ name }, source, places);
  if (fault !== undefined) return fault;
  if (sharedNetwork(spec, source.spec) !== undefined) return undefined;
  return `${source.name} is on ${nameNetworks(source.spec)}, but ${name} is on ${nameNetworks(spec)}`;
}

function adoptionFaults(all: readonly Definition[]): readonly FieldFault[] {
  const adopters = new Map<string, string>();
  return all.flatMap((definition) => {
    if (definition.adopted === null) return [];
    const { id } = definition.adopted;
    const first = adopters.get(id);
    adopters.set(id, first ?? definition.name);
    if (first === undefined) return [];
    return [within(definition, '/adopted', `has the container ${id.slice(0, 12)}, which ${first} has adopted`)];
  });
}

/** Every mapping has its reservation, every reservation its mapping, and both say the same. */
function claimFaults(definition: Definition, held: readonly Reservation[]): readonly FieldFault[] {
  const wrong = held.flatMap((claim) => {
    const fault = reservationFault(claim) ?? addressFault(claim) ?? hostFault(definition, claim);
    return fault === undefined ? [] : [within(definition, `/reservations/${claim.hostPort}`, fault)];
  });
  if (wrong.length > 0) return wrong;
  // A definition that is being deleted has released some of its ports already.
  if (definition.deletionRequestedAt !== null && held.length === 0) return [];
  const { spec } = definition;
  const outcome = reserve({
    host: hostOf(definition),
    ...claimedMappings(spec),
    publishAll: spec.publishAll ? held.filter(({ origin }) => origin === 'publishAll') : [],
    held,
    others: () => [],
    nameOf: (uid) => uid,
    range: { from: 1, to: 65_535 },
    random: () => 0,
    avoid: new Set(),
  });
  if (!outcome.ok) return outcome.faults.map(({ pointer: place, message }) => within(definition, place, message));
  const kept = new Set(outcome.keep);
  return [
    ...outcome.claim.map((claim) =>
      within(definition, '/ports', `the mapping of ${portKey(claim)} has no host port reserved`),
    ),
    ...held
      .filter((claim) => !kept.has(claim))
      .map((claim) =>
        within(
          definition,
          `/reservations/${claim.hostPort}`,
          `reserves ${claim.hostIp ?? 'all addresses'} for ${portKey(claim)}, but no mapping asks for it`,
        ),
      ),
  ];
}

function addressFault({ hostIp }: Reservation): string | undefined {
  if (hostIp === undefined || canonicalIp(hostIp) === hostIp) return undefined;
  return `${JSON.stringify(hostIp.slice(0, 100))} is not an address in canonical form`;
}

function hostFault(definition: Definition, { host }: Reservation): string | undefined {
  if (host === hostOf(definition)) return undefined;
  return `is on host ${JSON.stringify(host.slice(0, 100))}, but the definition is for host ${hostOf(definition)}`;
}

/** Claims of which two can't both be bound. */
function collisions({ definitions, reservations }: Rows): readonly FieldFault[] {
  const names = new Map(definitions.map(({ uid, name }) => [uid, name]));
  const byNumber = new Map<string, Reservation[]>();
  const faults: FieldFault[] = [];
  for (const claim of reservations) {
    const port = `${claim.hostPort}/${claim.protocol}`;
    const key = `${claim.host} ${port}`;
    const earlier = byNumber.get(key) ?? [];
    const other = earlier.find((one) => collide(one, claim));
    if (other !== undefined) {
      faults.push(
        at(
          ['definitions', names.get(claim.uid) ?? claim.uid, 'reservations', claim.hostPort],
          `${port} is also reserved for ${names.get(other.uid) ?? other.uid}`,
        ),
      );
      if (faults.length >= MAX_FAULTS) break;
      // One collision of a port is enough: of thousands on one number each would be compared with all others.
      continue;
    }
    earlier.push(claim);
    byNumber.set(key, earlier);
  }
  return faults;
}
