/** What rows are when they were written here: whoever sends a database may have written anything into it. */

import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Definition, Reservation, Spec } from '../domain/definition.js';

const closed = { additionalProperties: false } as const;
const closedObject = <T extends Record<string, TSchema>>(properties: T) => Type.Object(properties, closed);
const oneOf = <T extends string>(...values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const texts = Type.Array(Type.String());
const textByName = Type.Record(Type.String(), Type.String());
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
const Protocol = oneOf('tcp', 'udp', 'sctp');
const Generation = Type.Integer({ minimum: 1 });

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
  uid: Type.String({ minLength: 1 }),
  generation: Generation,
  restartOf: orNull(Type.String()),
  spec: StoredSpec,
  set: orNull(Type.String({ pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$' })),
  adopted: orNull(closedObject({ id: Type.String({ minLength: 1 }), generation: Generation, hash: Type.String() })),
  failedReplacement: orNull(closedObject({ key: Type.String(), message: Type.String() })),
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

/** Where a definition is not what is stored here, as a pointer into it; undefined where it is. */
export function definitionFault(definition: Definition): string | undefined {
  const { name: _, createdAt: _c, updatedAt: _u, deletionRequestedAt: _d, ...rest } = definition;
  return definitions.Check(rest) ? undefined : placeOf(definitions.Errors(rest));
}

/** As {@link definitionFault}, of a reservation. */
export function reservationFault(reservation: Reservation): string | undefined {
  return reservations.Check(reservation) ? undefined : placeOf(reservations.Errors(reservation));
}

const placeOf = ([first]: readonly { readonly instancePath: string; readonly message: string }[]): string =>
  `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim();

/** Holds at compile time or not at all: a new field of a spec is one of what is stored. */
export const agreement: [
  keyof Spec extends keyof Static<typeof StoredSpec> ? true : never,
  Static<typeof StoredSpec> extends Spec ? true : never,
  Static<typeof StoredReservation> extends Reservation ? true : never,
] = [true, true, true];
