/**
 * Container definition of the HTTP contract as a client declares it, normalised.
 *
 * Normalised means: `-p` and `--link` texts are objects, ranges are expanded, every field of the first version is
 * present at its default, and every other field is absent there. Two equal declarations are deeply equal.
 */

import type { Static, TSchema } from 'typebox';
import type { ImageResolution } from '../images/image-resolution.js';
import type { FieldFault, Part } from '../problems/result.js';
import type { WrittenLink, WrittenPort } from './fields/network.js';
import { SPEC } from './spec.js';

type Fields = typeof SPEC;
/** The name of a field, in a request body, in the database and in replies. */
export type FieldName = keyof Fields;
/** The names of fields that have a trait: `FieldsWith<{ readonly secret: true }>`. */
export type FieldsWith<T> = { [F in FieldName]: Fields[F] extends T ? F : never }[FieldName];

type Readonlys<T> = T extends readonly (infer E)[]
  ? readonly Readonlys<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Readonlys<T[K]> }
    : T;
type Shape<S extends TSchema> = Readonlys<Static<S>>;
type Optional = FieldsWith<{ readonly presence: 'optional' }>;

/** A field as a client may write it. */
export type Written<F extends FieldName> = Shape<Fields[F]['written']>;
/** A field in its normal form. */
type Normal<F extends FieldName> = Shape<Fields[F]['stored']>;

type Flat<T> = { [K in keyof T]: T[K] };

/** The declared part of a definition, without its name. */
export type Spec = Flat<
  { readonly [F in Exclude<FieldName, Optional>]: Normal<F> } & { readonly [F in Optional]?: Normal<F> }
>;

/**
 * Body that a client may send: every field of {@link Spec} as it may be written. Read-only fields are dropped before.
 */
export type DefinitionInput = Flat<
  { readonly name?: string; readonly image: Written<'image'> } & {
    readonly [F in Exclude<FieldName, 'image'>]?: Written<F>;
  }
>;

/** Every field, in the order in which a stored spec has them. */
export const FIELD_NAMES = Object.keys(SPEC) as readonly FieldName[];
/** Fields whose values are secrets, by name: the names aren't. */
export const SECRET_FIELDS = new Set(FIELD_NAMES.filter((name) => 'secret' in SPEC[name])) as ReadonlySet<
  FieldsWith<{ readonly secret: true }>
>;
/** Parts of other fields whose values are secrets, by name. */
export const SECRET_PARTS: ReadonlySet<string> = new Set(['driverOptions']);
/** Parts of fields that are a secret as a whole where they are a text. */
export const SECRET_TEXTS: ReadonlySet<string> = new Set(['content']);
/** Maximum number of entries in each list of a definition, more than anyone needs. */
export const MAX_ENTRIES = Object.fromEntries(
  FIELD_NAMES.flatMap((name) => {
    const { maxItems } = SPEC[name].written as { readonly maxItems?: number };
    return maxItems === undefined ? [] : [[name, maxItems]];
  }),
) as { readonly [F in ListName]: number };
/** The names of fields that are lists. */
export type ListName = { [F in FieldName]: Normal<F> extends readonly unknown[] ? F : never }[FieldName];

/** Reads a field: its normal form, or undefined for its default, with everything that is wrong with it. */
export type Rule<F extends FieldName> = (value: Written<F>, input: DefinitionInput) => Part<Normal<F> | undefined>;
/** The fields whose normal form is of another type than what a client writes. */
type Reshaped = { [F in FieldName]: Written<F> extends Normal<F> ? never : F }[FieldName];
/** Rules by field. A field without one is taken as it is. */
export type Rules = { readonly [F in Reshaped]: Rule<F> } & { readonly [F in FieldName]?: Rule<F> };

/** A rule that leaves a value as it is. */
export const checked =
  <T>(faultsOf: (value: T, input: DefinitionInput) => readonly FieldFault[]) =>
  (value: T, input: DefinitionInput): Part<T> => ({ value, faults: faultsOf(value, input) });

export type Protocol = PortMapping['protocol'];

/** One `-p`: a container port, and its place on the host. */
export type PortMapping = Normal<'ports'>[number];
export type PortMappingInput = Shape<typeof WrittenPort>;

/** A port of a container as `EXPOSE` names it, without a place on the host. */
export interface ContainerPort {
  readonly containerPort: number;
  readonly protocol: Protocol;
}

/** One `--link`: from the container that has it (the recipient) to `container` (the source). */
export type Link = Normal<'links'>[number];
export type LinkInput = Shape<typeof WrittenLink>;
/** Variables that the recipient gets from the source: all, all but the source's own environment, or none. */
export type LinkEnv = Link['env'];

/** One container that has to meet a condition before another one starts. */
export type Dependency = Normal<'dependsOn'>[number];

export type VolumeMount = Normal<'volumes'>[number];
/** A file that Berth places in a container before its first start. */
export type PlacedFile = NonNullable<Normal<'files'>>[number];
export type Healthcheck = Normal<'healthcheck'>;
export type DeviceRequest = Normal<'deviceRequests'>[number];
export type Resources = Normal<'resources'>;
export type RestartPolicy = Normal<'restartPolicy'>;
export type PullPolicy = Normal<'pullPolicy'>;
export type OnLinkChange = Normal<'onLinkChange'>;
export type DesiredState = Normal<'state'>;

/** A stored definition: desired state and its bookkeeping. Written by the service alone. */
export interface Definition {
  /** Rises with every definition ever made here; newest first is highest first. */
  readonly seq: number;
  /** Never reused: what marks a container on the engine as this definition's. */
  readonly uid: string;
  readonly name: string;
  /** Starts at 1, rises by one with every change. */
  readonly generation: number;
  /**
   * The engine's own `StartedAt` of the run that a client asked to end, or null. The container is restarted while it is
   * still in that run: no clocks are compared, and a restart asked for once happens once, also after a crash.
   */
  readonly restartOf: string | null;
  readonly spec: Spec;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletionRequestedAt: Date | null;
  /** The set that it was declared in by `apply`, or null. */
  readonly set: string | null;
  /** The container that was taken over as it was: it has no labels of ours, and is known by its id. */
  readonly adopted: Adopted | null;
  /** The abandoned replacement: not tried again until the definition, or what it links to, changes. */
  readonly failedReplacement: FailedReplacement | null;
  /** The image that its tag resolved to; absent until that is known. */
  readonly resolution?: ImageResolution | undefined;
}

export interface Adopted {
  /** The engine's id of the container. */
  readonly id: string;
  /** The generation and hash of the definition that describes it as it is. */
  readonly generation: number;
  readonly hash: string;
}

export interface FailedReplacement {
  /** Identifies the container that was wanted. */
  readonly key: string;
  /** Reason why it could not take over. */
  readonly message: string;
}

/**
 * Reason why a reservation exists: the client named the port, or Berth picked it for a mapping, or for `publishAll`.
 */
export type ReservationOrigin = 'fixed' | 'assigned' | 'publishAll';

/** A claim on a host port, made before the engine hears of it and kept until its mapping is gone. */
export interface Reservation {
  readonly uid: string;
  /** Name of the host whose port it is. */
  readonly host: string;
  /** Absent: every interface. */
  readonly hostIp?: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: Protocol;
  readonly origin: ReservationOrigin;
  /**
   * True if the engine has bound it at least once. Until then a picked port may be exchanged for another; never after.
   */
  readonly confirmed: boolean;
}
