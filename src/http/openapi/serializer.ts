import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import { lazy } from '../../lib/lazy.js';

const compilerFor = SerializerSelector();
type BuildSerializer = typeof compilerFor;

/**
 * Serialisers of answers by their schemas. Making one takes milliseconds, and there are hundreds of answers: those that are
 * alike share one, made when the first of them is written; problems and texts, which are written as they are, have none.
 */
export const buildSerializer = ((external: never, options: never) => {
  const compile = compilerFor(external, options);
  const made = new Map<string, ReturnType<typeof compile>>();
  return (route: Parameters<typeof compile>[0] & { readonly contentType?: string | null }) => {
    const { contentType } = route;
    if (contentType != null && contentType !== 'application/json') return asItIs;
    const key = JSON.stringify(route.schema);
    const known = made.get(key) ?? lazily(() => compile(route));
    made.set(key, known);
    return known;
  };
}) as BuildSerializer;

/** Makes a serialiser for its first response: most are never needed in the life of a server. */
function lazily(make: () => (value: unknown) => string): (value: unknown) => string {
  const made = lazy(make);
  return (value) => made()(value);
}

const asItIs = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
