/** Holds answers and examples against the OpenAPI document. */

import { createRequire } from 'node:module';
import type { Response } from 'supertest';
import { expect } from 'vitest';

export interface Media {
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly object[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
export interface OpenApi {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly object[] | null;
}
interface Ajv {
  addSchema(schema: object, key: string): Ajv;
  compile(schema: object): Validate;
}

// Fastify's own validator, in the dialect of OpenAPI 3.1.
const load = createRequire(createRequire(import.meta.url).resolve('fastify'));
const Ajv2020 = load('ajv/dist/2020').default as new (options: object) => Ajv;
const addFormats = load('ajv-formats').default as (ajv: Ajv) => void;

interface Validators {
  readonly ajv: Ajv;
  readonly made: Map<string, Validate>;
}

/** By document, and by its text: nearly every server has the same one, and compiling its schemas takes longer than a test. */
const validators = new WeakMap<OpenApi, Validators>();
const byText = new Map<string, Validators>();

function validatorsOf(document: OpenApi): Validators {
  const known = validators.get(document);
  if (known !== undefined) return known;
  const text = JSON.stringify(document);
  let same = byText.get(text);
  if (same === undefined) {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
    addFormats(ajv);
    same = { ajv: ajv.addSchema(document, 'openapi'), made: new Map() };
    byText.set(text, same);
  }
  validators.set(document, same);
  return same;
}

/** What is wrong with a value that the schema at this place of the document describes. */
export function faultsAgainst(document: OpenApi, place: readonly string[], value: unknown): readonly object[] {
  const known = validatorsOf(document);
  const pointer = place.map((token) => encodeURIComponent(token.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const validate = known.made.get(pointer) ?? known.ajv.compile({ $ref: `openapi#/${pointer}` });
  known.made.set(pointer, validate);
  return validate(value) ? [] : (validate.errors ?? []);
}

/** The documented path that a path is one of, and its operation; undefined where there is none. */
function operationOf(document: OpenApi, method: string, target: string) {
  const wanted = target.split('?', 1)[0] ?? '';
  const found = Object.keys(document.paths)
    .filter((template) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]*')}$`).test(wanted))
    .sort((a, b) => a.split('{').length - b.split('{').length)[0];
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = found === undefined ? undefined : document.paths[found]?.[verb];
  return operation === undefined || found === undefined ? undefined : { template: found, verb, operation };
}

/** Every answer of a documented operation is one that the document has, in status, media type and shape. */
export function expectDocumented(document: OpenApi, method: string, target: string, answer: Response): void {
  const found = operationOf(document, method, target);
  if (found === undefined) return;
  const { template, verb, operation } = found;
  const what = `${operation.operationId} answered ${answer.status}`;
  expect(Object.keys(operation.responses), what).toContain(String(answer.status));
  const content = operation.responses[answer.status]?.content ?? {};
  if (answer.status === 204 || answer.status === 304) {
    expect(answer.text, what).toBe('');
    return;
  }
  const [type = ''] = String(answer.headers['content-type']).split(';');
  expect(Object.keys(content), what).toContain(type);
  if (method === 'HEAD' || !type.endsWith('json')) return;
  const place = ['paths', template, verb, 'responses', String(answer.status), 'content', type, 'schema'];
  expect(faultsAgainst(document, place, answer.body), what).toEqual([]);
}
