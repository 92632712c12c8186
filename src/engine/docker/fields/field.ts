/** Describes where the engine has a field of a definition, and how it is written and read. */

import type { FieldName, Spec } from '../../../domain/definition/definition.js';
import type { RawDerivable } from '../derive-shapes.js';

type Value<F extends FieldName> = NonNullable<Spec[F]>;

/** One field of the engine, the same in the body of a creation and in an inspect. */
export interface EngineField<F extends FieldName = FieldName> {
  readonly part: 'Config' | 'HostConfig';
  readonly name: string;
  /** Returns what the engine is sent. */
  readonly write: (value: Value<F>) => unknown;
  /** Returns the field of a container that has been made; undefined if that is the engine's default. */
  readonly read: (value: unknown, raw: RawDerivable) => Value<F> | undefined;
}

/** Fields by name. */
export type EngineFields = { readonly [F in FieldName]?: EngineField<F> };

/** Returns true for a value that the engine reports for a setting that nobody made. */
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  value === 0 ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** A field that the engine has in the same form. */
export function plain<F extends FieldName>(
  part: EngineField['part'],
  name: string,
  isDefault: (value: unknown, raw: RawDerivable) => boolean = () => false,
): EngineField<F> {
  return {
    part,
    name,
    write: (value) => value,
    read: (value, raw) => (isEmpty(value) || isDefault(value, raw) ? undefined : (value as Value<F>)),
  };
}
