/** Completes the OpenAPI document that is made from the operations. */

import { isSameJson } from '../../lib/canonical-json.js';
import { PARAMETER_EXAMPLES, REPLY_NAMES } from './names.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

interface Media {
  schema?: Schema;
  examples?: object;
}

interface Parameter {
  readonly name: string;
  readonly example?: unknown;
  readonly examples?: object;
  schema?: Schema;
}

interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

interface Document {
  readonly paths?: object | undefined;
  readonly components?: { schemas?: object | undefined } | undefined;
}

/**
 * Adds what the schemas of the operations can't say: examples of bodies, names for the schemas of replies, and an example for
 * each parameter. Changes the document that it is given.
 *
 * @param requests examples of bodies by `operationId`
 * @throws Error for two replies of one name, and a parameter that has no example
 */
export function completeDocument<T extends Document>(document: T, requests: Readonly<Record<string, object>>): T {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path as Record<string, Operation>)) {
      addBodyExamples(operation, requests[operation.operationId ?? '']);
      nameReplies(operation, schemas);
      for (const parameter of operation.parameters ?? []) addExample(parameter);
    }
  }
  return document;
}

/** Puts examples beside the reference to a body's schema, where the plugin would take them for a part of it. */
function addBodyExamples({ requestBody }: Operation, examples: object | undefined): void {
  if (examples === undefined) return;
  for (const media of Object.values(requestBody?.content ?? {})) media.examples = examples;
}

function nameReplies({ operationId = '', responses = {} }: Operation, schemas: Record<string, Schema>): void {
  for (const { content = {} } of Object.values(responses)) {
    const media = content['application/json'];
    if (media?.schema === undefined || media.schema.$ref !== undefined) continue;
    const name = REPLY_NAMES[operationId] ?? `${operationId[0]?.toUpperCase()}${operationId.slice(1)}Reply`;
    const known = schemas[name];
    if (known !== undefined && !isSameJson(known, media.schema)) throw new Error(`${name} has two schemas`);
    schemas[name] = media.schema;
    media.schema = { $ref: `#/components/schemas/${name}` };
  }
}

/** Gives a parameter an example in its schema: Swagger UI would send one that is beside the schema. */
function addExample(parameter: Parameter): void {
  const { name, schema = {} } = parameter;
  if ((parameter.example ?? parameter.examples ?? schema.examples) !== undefined) return;
  const own = schema.type === 'boolean' ? true : schema.enum?.[0];
  const example = own ?? PARAMETER_EXAMPLES[name] ?? schema.default;
  if (example === undefined) throw new Error(`the parameter ${name} has no example: add one to PARAMETER_EXAMPLES`);
  parameter.schema = { ...schema, examples: schema.type === 'array' ? [[example]] : [example] };
}
