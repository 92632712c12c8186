import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import { lazy } from '../../lib/lazy.js';
import type { Ahead } from './ahead.js';

const compilerFor = SerializerSelector();
type BuildSerializer = typeof compilerFor;

/**
 * Serialisers of answers by their schemas. Making one takes milliseconds, and there are hundreds of answers: those that are
 * alike share one, made ahead or when the first of them is written; problems and texts, which are written as they are, have none.
 */
export const serializerBuilder = (ahead: Pick<Ahead, 'add'>): BuildSerializer =>
  ((external: never, options: never) => {
    const compile = compilerFor(asNullable(external) as never, options);
    const made = new Map<string, (value: unknown) => string>();
    return (route: Parameters<typeof compile>[0] & { readonly contentType?: string | null }) => {
      const { contentType } = route;
      if (contentType != null && contentType !== 'application/json') return asItIs;
      const key = JSON.stringify(route.schema);
      const known = made.get(key);
      if (known !== undefined) return known;
      const serializer = lazy(() => compile({ ...route, schema: asNullable(route.schema) }));
      ahead.add(serializer);
      const serialize = (value: unknown): string => serializer()(value);
      made.set(key, serialize);
      return serialize;
    };
  }) as BuildSerializer;

/**
 * Writes `anyOf: [X, null]` as X with `nullable`, in a copy: for the first the library makes and runs a validator of X, which takes
 * longer than the serialiser itself. References and unions stay, since `nullable` counts beside `type` alone.
 */
export function asNullable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asNullable);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, asNullable(value)]));
  const [given, none, ...more] = (copy['anyOf'] ?? []) as readonly { readonly type?: string }[];
  if (given === undefined || given.type === undefined || none?.type !== 'null' || more.length > 0) return copy;
  return { ...given, nullable: true };
}

const asItIs = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
