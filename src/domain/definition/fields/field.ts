/** Describes a field of a definition: its schemas, and everything that derives from it. */

import { type TSchema, Type } from 'typebox';
import { copySchema, without } from '../../../lib/schema.js';

/**
 * Ways in which a changed field reaches an existing container. `replace`: by a new container in its place. `live`: in
 * place, while it runs. `connect`: by connecting it to a network. `power`: by starting or stopping it. `never`: not at
 * all, since only Berth reads the field.
 */
export type Applies = 'replace' | 'live' | 'connect' | 'power' | 'never';

/** The part of the policy that may refuse a field's value. */
export type PolicySwitch =
  | 'publish'
  | 'images'
  | 'hostPaths'
  | 'linkEnv'
  | 'logDrivers'
  | 'capabilities'
  | 'devices'
  | 'hostNamespaces'
  | 'oomScoreAdj'
  | 'privileged'
  | 'securityOptions'
  | 'sysctls'
  | 'unlimitedPids'
  | 'deviceRequests'
  | 'runtimes'
  | 'jobs';

/** Everything about a field but its shape. */
interface Traits {
  readonly applies: Applies;
  /** Returns true for a change that needs a new container, although others of this field don't. */
  readonly replaceIf?: (before: never, after: never, specs: { before: never; after: never }) => boolean;
  /** The lowest version of the engine's API that has it. Absent: every version that Berth speaks. */
  readonly since?: `1.${number}`;
  readonly policy?: PolicySwitch;
  /** Its values are secrets: viewers and events get the names alone. */
  readonly secret?: true;
  /** The sort key of an entry, in a list whose order has no meaning. */
  readonly sortedBy?: (entry: never) => string;
  /** The part of a container by which it counts in the hash, in place of its own text. */
  readonly hashedAs?: 'bindings' | 'aliases' | 'secrets';
  /** The value that it has if it is not declared, unless the schema says it. */
  readonly default?: unknown;
}

/** A field as the code that derives from it reads it. */
export interface Field extends Traits {
  readonly presence: 'required' | 'optional' | 'founding';
  readonly written: TSchema;
  readonly stored: TSchema;
  readonly shown: TSchema;
}

/** A group of fields by name. */
export type Fields = Readonly<Record<string, Field>>;

/** Shapes that differ from what a client may write. */
interface Forms<S extends TSchema> {
  /** Normalised, as it is stored. */
  readonly stored?: S;
  /** Schema that documents replies. */
  readonly shown?: TSchema;
}

/** Keywords that bound or describe a value without giving it its shape. */
const ANNOTATIONS: ReadonlySet<string> = new Set(['default', 'description', 'examples', 'maxItems', 'minLength']);

const shapeOf = <S extends TSchema>(written: TSchema): S =>
  copySchema(written, { dropped: ANNOTATIONS }) as unknown as S;

const build =
  <const P extends Field['presence']>(presence: P, ...bounds: readonly string[]) =>
  <W extends TSchema, const T extends Traits, S extends TSchema = W>(
    written: W,
    traits: T,
    { stored = shapeOf<S>(written), shown = without(written, 'default', ...bounds) }: Forms<S> = {},
  ) => ({ default: (written as { default?: unknown }).default, ...traits, presence, written, stored, shown });

/** A field that every definition names. */
export const required = build('required', 'minLength');
/**
 * A field that a spec doesn't have at its default. So a definition from before the field existed is stored, and hashed,
 * as it always was.
 */
export const optional = build('optional');
/** A field of the first version, present also at its default. Later ones are `optional`: one more here changes all hashes. */
export const founding = build('founding', 'maxItems');

export const MAX_ARGUMENTS = 1024;
/** A text, with its description and examples. */
export const text = (description: string, ...examples: readonly string[]) =>
  Type.String({ description, ...(examples.length > 0 && { examples }) });
/** A switch that is off by default. */
export const flag = (description: string) => Type.Boolean({ default: false, description });
/** A list of texts. */
export const texts = (description: string, example: readonly string[], maxItems = MAX_ARGUMENTS) =>
  Type.Array(Type.String(), { maxItems, description, examples: [example] });
