/** The shapes of rows that Berth wrote: a database that somebody sent may hold anything. */

import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Definition, Reservation, Spec } from '../../domain/definition/definition.js';
import type { FieldFault } from '../../domain/problems/result.js';

const closed = { additionalProperties: false } as const;
const closedObject = <T extends Record<string, TSchema>>(properties: T) => Type.Object(properties, closed);
const oneOf = <T extends string>(...values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const texts = Type.Array(Type.String());
const textByName = Type.Record(Type.String(), Type.String());
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
const Protocol = oneOf('tcp', 'udp', 'sctp');
/** A change every second takes thirty years to get there; a generation is a 32-bit integer to Prisma. */
const MAX_GENERATION = 1_000_000_000;
const Generation = Type.Integer({ minimum: 1, maximum: MAX_GENERATION });
const MAX_TEXT = 65_536;

const StoredSpec = closedObject({
  image: Type.String(),
  service: Type.Optional(Type.String()),
  command: Type.Optional(texts),
  entrypoint: Type.Optional(texts),
  env: textByName,
  workingDir: Type.Optional(Type.String()),
  user: Type.Optional(Type.String()),
  hostname: Type.Optional(Type.String()),
  expose: texts,
  publishAll: Type.Boolean(),
  ports: Type.Array(
    closedObject({
      hostIp: Type.Optional(Type.String()),
      hostPort: Type.Optional(Port),
      hostPortRange: Type.Optional(Type.String()),
      containerPort: Port,
      protocol: Protocol,
    }),
  ),
  links: Type.Array(
    closedObject({ container: Type.String(), alias: Type.String(), env: oneOf('all', 'address', 'none') }),
  ),
  network: Type.String(),
  networkAliases: Type.Optional(texts),
  volumes: Type.Array(closedObject({ volume: Type.String(), target: Type.String(), readOnly: Type.Boolean() })),
  labels: textByName,
  healthcheck: Type.Optional(
    closedObject({
      command: texts,
      intervalSeconds: Type.Optional(Type.Number()),
      timeoutSeconds: Type.Optional(Type.Number()),
      retries: Type.Optional(Type.Integer()),
      startPeriodSeconds: Type.Optional(Type.Number()),
    }),
  ),
  restartPolicy: oneOf('always', 'on-failure', 'no'),
  resources: closedObject({
    memoryBytes: Type.Optional(Type.Integer()),
    cpus: Type.Optional(Type.Number()),
    pids: Type.Integer(),
  }),
  pullPolicy: oneOf('missing', 'always', 'never'),
  stopSignal: Type.Optional(Type.String()),
  stopTimeoutSeconds: Type.Integer(),
  onLinkChange: oneOf('recreate', 'ignore'),
  state: oneOf('running', 'stopped'),
});

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
});

const StoredReservation = closedObject({
  uid: Type.String(),
  hostIp: Type.Optional(Type.String()),
  hostPort: Port,
  containerPort: Port,
  protocol: Protocol,
  origin: oneOf('fixed', 'assigned', 'publishAll'),
  confirmed: Type.Boolean(),
});

const definitions = Compile(StoredDefinition);
const reservations = Compile(StoredReservation);

/** Returns the first fault in the shape of a definition, with its place as a pointer; undefined where there is none. */
export function definitionFault(definition: Definition): FieldFault | undefined {
  const { name: _, createdAt: _c, updatedAt: _u, deletionRequestedAt: _d, ...rest } = definition;
  if (definitions.Check(rest)) return undefined;
  const [first] = definitions.Errors(rest);
  return { pointer: first?.instancePath ?? '', message: first?.message ?? 'is wrong' };
}

/** As {@link definitionFault}, of a reservation, as one text. */
export function reservationFault(reservation: Reservation): string | undefined {
  if (reservations.Check(reservation)) return undefined;
  const [first] = reservations.Errors(reservation);
  return `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim();
}

/** Holds at compile time or not at all: a new field of a spec is one of what is stored. */
export const agreement: [
  keyof Spec extends keyof Static<typeof StoredSpec> ? true : never,
  Static<typeof StoredSpec> extends Spec ? true : never,
  Static<typeof StoredReservation> extends Reservation ? true : never,
] = [true, true, true];
