/** What there is to be fuzzed, read out of the OpenAPI document: operations, their parameters, every place in their bodies. */

import type { Media, OpenApi } from '../document.js';

/** What the fuzzer makes use of in a JSON Schema. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
}

export interface Body {
  readonly type: string;
  readonly schema: Schema;
  readonly examples: readonly unknown[];
}

export interface FuzzedOperation {
  readonly id: string;
  readonly method: string;
  /** The path, with its parameters in braces. */
  readonly template: string;
  readonly parameters: readonly Parameter[];
  readonly bodies: readonly Body[];
}

/** Every operation of the document. */
export const surfaceOf = (document: OpenApi): readonly FuzzedOperation[] =>
  Object.entries(document.paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      template,
      parameters: (operation.parameters ?? []) as readonly Parameter[],
      bodies: Object.entries(operation.requestBody?.content ?? {}).map(bodyOf),
    })),
  );

const bodyOf = ([type, { schema = {}, example, examples = {} }]: [string, Media]): Body => ({
  type,
  schema: schema as Schema,
  examples: [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)],
});

/** A schema itself, where there is a reference to it. */
export function resolved(document: OpenApi, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const tokens = schema.$ref.split('/').slice(1);
  return tokens.reduce<unknown>((node, token) => (node as Record<string, unknown>)[token], document) as Schema;
}

/** A place in a body: the names and indices that lead to it. */
export type Place = readonly (string | number)[];

/** Every place that a schema has, the whole left out: of a list its first item, of a map one name. */
export function placesOf(document: OpenApi, given: Schema): readonly Place[] {
  const schema = resolved(document, given);
  const children: readonly (readonly [string | number, Schema])[] = [
    ...Object.entries(schema.properties ?? {}),
    ...(typeof schema.additionalProperties === 'object' ? [['KEY', schema.additionalProperties] as const] : []),
    ...(schema.items === undefined ? [] : [[0, schema.items] as const]),
  ];
  const here = children.flatMap(([token, child]): Place[] => [
    [token],
    ...placesOf(document, child).map((place) => [token, ...place]),
  ]);
  return [...here, ...(schema.anyOf ?? []).flatMap((one) => placesOf(document, one))];
}
