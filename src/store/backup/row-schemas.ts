/** The shapes of rows that Berth wrote: a database that somebody sent may hold anything. */

import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Definition, FIELD_NAMES, type Reservation } from '../../domain/definition/definition.js';
import type { Field } from '../../domain/definition/fields/field.js';
import { MAX_RETRIES } from '../../domain/definition/fields/job.js';
import { Protocol } from '../../domain/definition/fields/network.js';
import { SPEC } from '../../domain/definition/spec.js';
import { LOCAL_HOST } from '../../domain/host.js';
import { MAX_ROLLED_BACK } from '../../domain/images/resolution.js';
import { RUN_STATES, RUN_TRIGGERS, type Run, STOPS } from '../../domain/jobs/run.js';
import type { Address } from '../../domain/networks/addresses.js';
import type { Network } from '../../domain/networks/network.js';
import { NetworkSpec } from '../../domain/networks/network-spec.js';
import type { FieldFault } from '../../domain/problems/result.js';
import { MOST_USERNAME } from '../../domain/registries/credentials.js';
import { SEALED_KINDS, type SealedValue } from '../../domain/secrets/sealed-value.js';
import { SEALED } from '../../lib/crypto/keyring.js';
import { closed, literals } from '../../lib/schema.js';

const closedObject = <T extends Record<string, TSchema>>(properties: T) => Type.Object(properties, closed);
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
/** A change every second takes thirty years to get there; a generation is a 32-bit integer to Prisma. */
const MAX_GENERATION = 1_000_000_000;
const Generation = Type.Integer({ minimum: 1, maximum: MAX_GENERATION });
const MAX_TEXT = 65_536;
const Digest = Type.String({ pattern: '^sha(256|384|512):[a-f0-9]{64,128}$' });
/** Base64 of the largest value. */
const MAX_SEALED = 1_048_576;
/** The engine counts exit codes in 32 bits. */
const GREATEST_CODE = 2_147_483_647;

const StoredSpec = closedObject(
  Object.fromEntries(
    FIELD_NAMES.map((name) => {
      const { presence, stored }: Field = SPEC[name];
      return [name, presence === 'optional' ? Type.Optional(stored) : stored];
    }),
  ),
);

/** Without its name and its times, which are looked at by their own rules. */
const StoredDefinition = closedObject({
  seq: Type.Integer({ minimum: 1 }),
  uid: Type.String({ pattern: '^[a-zA-Z0-9_.-]{1,100}$' }),
  generation: Generation,
  restartOf: orNull(Type.String({ pattern: '^[0-9TZ:.+-]{1,64}$' })),
  spec: StoredSpec,
  set: orNull(Type.String({ pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$' })),
  adopted: orNull(
    closedObject({
      id: Type.String({ pattern: '^[a-f0-9]{1,64}$' }),
      generation: Generation,
      hash: Type.String({ maxLength: 200 }),
    }),
  ),
  failedReplacement: orNull(
    closedObject({ key: Type.String({ maxLength: MAX_TEXT }), message: Type.String({ maxLength: MAX_TEXT }) }),
  ),
  resolution: Type.Optional(
    closedObject({
      image: Type.String({ maxLength: MAX_TEXT }),
      digest: Digest,
      update: Type.Optional(Digest),
      previous: Type.Optional(closedObject({ digest: Digest, update: Type.Optional(Digest), generation: Generation })),
      rolledBack: Type.Optional(
        Type.Array(
          closedObject({ digest: Digest, message: Type.String({ maxLength: MAX_TEXT }), generation: Generation }),
          { maxItems: MAX_ROLLED_BACK },
        ),
      ),
    }),
  ),
});

const StoredReservation = closedObject({
  uid: Type.String(),
  host: Type.String(),
  hostIp: Type.Optional(Type.String()),
  hostPort: Port,
  containerPort: Port,
  protocol: Protocol,
  origin: literals('fixed', 'assigned', 'publishAll'),
  confirmed: Type.Boolean(),
});

const StoredNetwork = closedObject({
  host: Type.Literal(LOCAL_HOST),
  name: Type.String(),
  uid: Type.String({ pattern: '^[a-zA-Z0-9_.-]{1,100}$' }),
  generation: Generation,
  spec: NetworkSpec,
  isDeclared: Type.Boolean(),
  subnets: Type.Array(closedObject({ subnet: Type.String(), gateway: Type.String() }), { maxItems: 2 }),
  confirmed: Type.Boolean(),
});

const StoredAddress = closedObject({
  uid: Type.String(),
  host: Type.Literal(LOCAL_HOST),
  network: Type.String(),
  address: Type.String({ maxLength: 64 }),
  origin: literals('fixed', 'assigned'),
});

const StoredSealed = closedObject({
  kind: literals(...SEALED_KINDS),
  name: Type.String({ maxLength: 255 }),
  uid: Type.String({ pattern: '^[a-zA-Z0-9_.-]{1,100}$' }),
  version: Generation,
  username: orNull(Type.String({ maxLength: MOST_USERNAME })),
  sealed: Type.String({ pattern: SEALED.source, maxLength: MAX_SEALED }),
});

const StoredRun = closedObject({
  id: Type.String({ pattern: '^[a-zA-Z0-9_.-]{1,200}$' }),
  uid: Type.String(),
  hash: Type.String({ maxLength: 100 }),
  trigger: literals(...RUN_TRIGGERS),
  state: literals(...RUN_STATES),
  attempt: Type.Integer({ minimum: 1, maximum: MAX_RETRIES + 1 }),
  stop: orNull(literals(...STOPS)),
  containerId: orNull(Type.String({ maxLength: 100 })),
  exitCode: orNull(Type.Integer({ minimum: -GREATEST_CODE, maximum: GREATEST_CODE })),
  message: Type.String({ maxLength: 10_000 }),
  log: orNull(Type.String({ maxLength: 10_000 })),
});

const runs = Compile(StoredRun);
const sealedValues = Compile(StoredSealed);
const networks = Compile(StoredNetwork);
const addresses = Compile(StoredAddress);
const definitions = Compile(StoredDefinition);
const reservations = Compile(StoredReservation);

/** Returns the first fault in the shape of a definition, with its place as a pointer; undefined where there is none. */
export function definitionFault(definition: Definition): FieldFault | undefined {
  const { name: _, createdAt: _c, updatedAt: _u, deletionRequestedAt: _d, ...rest } = definition;
  if (definitions.Check(rest)) return undefined;
  const [first] = definitions.Errors(rest);
  return { pointer: first?.instancePath ?? '', message: first?.message ?? 'is wrong' };
}

/** Returns the first fault in the shape of a reservation, as one text; undefined where there is none. */
export function reservationFault(reservation: Reservation): string | undefined {
  if (reservations.Check(reservation)) return undefined;
  const [first] = reservations.Errors(reservation);
  return `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim();
}

/** Returns the first fault in the shape of a network, with its place as a pointer; undefined where there is none. */
export function networkRowFault(network: Network): FieldFault | undefined {
  const { createdAt: _c, updatedAt: _u, deletionRequestedAt: _d, ...rest } = network;
  if (networks.Check(rest)) return undefined;
  const [first] = networks.Errors(rest);
  return { pointer: first?.instancePath ?? '', message: first?.message ?? 'is wrong' };
}

/** Returns the first fault in the shape of a sealed value, as one text; undefined where there is none. */
export function sealedRowFault(value: SealedValue): string | undefined {
  const { createdAt: _c, updatedAt: _u, ...rest } = value;
  if (sealedValues.Check(rest)) return undefined;
  const [first] = sealedValues.Errors(rest);
  return `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim();
}

/** Returns the first fault in the shape of a run, as one text; undefined where there is none. */
export function runRowFault(run: Run): string | undefined {
  const { dueAt, createdAt, notBefore, startedAt, finishedAt, ...rest } = run;
  const times = [dueAt, createdAt, notBefore ?? dueAt, startedAt ?? dueAt, finishedAt ?? dueAt];
  if (times.some((time) => Number.isNaN(time.getTime()))) return 'has invalid times';
  if (!run.id.startsWith(`${run.uid}.`)) return 'has the id of another job';
  if (runs.Check(rest)) return undefined;
  const [first] = runs.Errors(rest);
  return `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim();
}

/** Returns true if an address has the shape that Berth stores. */
export const isAddressRow = (address: Address): boolean => addresses.Check(address);

/** Fails to compile if a reservation gets a field that the stored row lacks. */
export const agreement: Static<typeof StoredReservation> extends Reservation ? true : never = true;
