import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';

const compilerFor = SerializerSelector();
type BuildSerializer = typeof compilerFor;

/**
 * Serialisers of answers by their schemas. Making one takes milliseconds, and there are hundreds of answers: those that are
 * alike share one, and problems and texts, which are written as they are, have none made.
 */
export const buildSerializer = ((external: never, options: never) => {
  const compile = compilerFor(external, options);
  const made = new Map<string, ReturnType<typeof compile>>();
  return (route: Parameters<typeof compile>[0] & { readonly contentType?: string }) => {
    const { contentType } = route;
    if (contentType !== undefined && contentType !== 'application/json') return asItIs;
    const key = JSON.stringify(route.schema);
    const known = made.get(key) ?? compile(route);
    made.set(key, known);
    return known;
  };
}) as BuildSerializer;

const asItIs = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
