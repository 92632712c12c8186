/** Shorthand for TypeBox schemas, and copies of them without some of their keywords. */

import { type TSchema, Type } from 'typebox';

/** Options of an object that takes no other fields. */
export const closed = { additionalProperties: false } as const;

/** A string that is one of these. */
export const literals = <T extends string>(...values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] });

/** An object of strings by name. */
export const textMap = (description: string, options: object = {}) =>
  Type.Unsafe<Record<string, string>>({
    type: 'object',
    additionalProperties: { type: 'string' },
    description,
    ...options,
  });

type JsonSchema = Readonly<Record<string, unknown>>;

/** Keywords whose values are not schemas. */
const VALUES: ReadonlySet<string> = new Set(['default', 'examples', 'enum', 'const', 'required']);

/**
 * Copies a schema as plain JSON Schema, down to its innermost parts.
 *
 * @param replace returns what stands for a part instead of its copy; undefined keeps the copy
 * @param dropped keywords that the copy has not
 */
export function copySchema(
  schema: TSchema,
  { dropped = new Set(), replace = () => undefined }: CopyOptions,
): Record<string, unknown> {
  const copy = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(copy);
    if (part === null || typeof part !== 'object') return part;
    return replace(part as JsonSchema) ?? ofObject(part as JsonSchema);
  };
  const ofObject = (part: JsonSchema): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(part)
        .filter(([keyword]) => !dropped.has(keyword))
        .map(([keyword, value]) => [
          keyword,
          VALUES.has(keyword) ? value : keyword === 'properties' ? mapValues(value as JsonSchema, copy) : copy(value),
        ]),
    );
  return ofObject(schema as JsonSchema);
}

interface CopyOptions {
  readonly dropped?: ReadonlySet<string>;
  readonly replace?: (part: JsonSchema) => JsonSchema | undefined;
}

const mapValues = (record: JsonSchema, map: (value: unknown) => unknown): JsonSchema =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

/** Copies a schema without some of its own keywords; its parts stay as they are. */
export const without = <T extends TSchema>(schema: T, ...keywords: readonly string[]): T =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword))) as unknown as T;
