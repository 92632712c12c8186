/** Shorthand for the schemas of the API. */

import { type Static, type TSchema, Type } from 'typebox';
import { MAX_ENTRIES } from '../../domain/definition/definition.js';

export { closed, literals, textMap } from '../../lib/schema.js';

/** A reference to a shared schema: `#/components/schemas/<$id>` in the document, the whole type in TypeScript. */
export const ref = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T>>({ $ref: `${(schema as unknown as { $id: string }).$id}#` });

/** The schema, or null. */
export const nullable = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>(Type.Union([schema, Type.Null()]));

/** The schema, or null, with a description of both. */
export const describedOrNull = <T>(schema: TSchema, description: string) =>
  Type.Unsafe<T | null>(Type.Union([schema, Type.Null()], { description }));

/** A moment, RFC 3339. */
export const time = (description: string) => Type.String({ format: 'date-time', description });

/** A list of strings, as long as a command may be. */
export const texts = (options: object = {}) => Type.Array(Type.String(), { maxItems: MAX_ENTRIES.command, ...options });

/** A flag of a query or a body that is off by default. */
export const flag = (description: string) => Type.Optional(Type.Boolean({ default: false, description }));
