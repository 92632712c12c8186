/** The committed OpenAPI document, and the definitions that other documents show, are complete and true to each other. */

import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { completeDocument } from '../../../src/http/openapi/document.js';
import type { Json } from '../../http/berth.js';

const DOCUMENT = JSON.parse(readFileSync('openapi/openapi.json', 'utf8')) as Json;
const operations = Object.entries<Json>(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries<Json>(methods).map(([method, operation]) => ({ at: `${method} ${path}`, operation })),
);

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(DOCUMENT, 'berth');
const faultsOf = (schema: string, value: unknown): readonly string[] => {
  const validate = ajv.getSchema(`berth#/components/schemas/${schema}`);
  if (validate === undefined) return [`there is no schema ${schema}`];
  return validate(value) === true
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
};

describe('the OpenAPI document', () => {
  it('names the schema of each JSON reply', () => {
    const inline = operations.flatMap(({ at, operation }) =>
      Object.entries<Json>(operation.responses)
        .filter(([, { content = {} }]) => content['application/json']?.schema?.$ref === undefined)
        .filter(([, { content = {} }]) => 'application/json' in content)
        .map(([status]) => `${at} ${status}`),
    );
    expect(inline).toEqual([]);
  });

  it('has an example for each parameter, which its schema allows', () => {
    let count = 0;
    for (const { at, operation } of operations) {
      for (const { name, schema, example, examples } of (operation.parameters ?? []) as readonly Json[]) {
        const given = [
          example,
          ...Object.values<Json>(examples ?? {}).map((one) => one.value),
          ...(schema.examples ?? []),
        ];
        const all = given.filter((one) => one !== undefined);
        expect(all.length, `${at} ${name}`).toBeGreaterThan(0);
        for (const one of all) expect(ajv.validate(schema, one), `${at} ${name}: ${JSON.stringify(one)}`).toBe(true);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(100);
  });

  it('tells a wrong parameter from a wrong body wherever either can be', () => {
    for (const { at, operation } of operations) {
      const [malformed] = Object.entries<Json>(operation.responses).filter(([status]) => status === '400');
      expect(malformed?.[1].description, at).toContain('`invalid-parameter`');
    }
  });

  it('says who is behind it, and names a server that can be called', () => {
    expect(DOCUMENT.info.contact).toMatchObject({ name: 'Berth', url: expect.stringMatching(/^https:/) });
    expect(DOCUMENT.servers).toEqual([{ url: '/', description: expect.any(String) }]);
  });

  it('needs an example for each parameter, and one schema for each name', () => {
    const reply = (type: string) => ({ 200: { content: { 'application/json': { schema: { type } } } } });
    const of = (...all: Json[]) => ({ paths: Object.fromEntries(all.map((one, at) => [`/${at}`, { get: one }])) });
    const complete =
      (...all: Json[]) =>
      () =>
        completeDocument({ ...of(...all), components: { schemas: {} } }, {});
    const named = complete({ operationId: 'getX', responses: reply('object') })();
    expect(Object.keys(named.components.schemas)).toEqual(['GetXReply']);
    expect(complete({ parameters: [{ name: 'x', schema: { type: 'string' } }] })).toThrow('PARAMETER_EXAMPLES');
    const [one, other] = ['object', 'array'].map((type) => ({ operationId: 'getPorts', responses: reply(type) }));
    expect(complete(one as Json, other as Json)).toThrow('PortList has two schemas');
    expect(complete(one as Json, one as Json)).not.toThrow();
  });
});

describe('a JSON block of the documents', () => {
  const pages = ['README.md', ...readdirSync('docs').map((file) => `docs/${file}`)].filter((file) =>
    file.endsWith('.md'),
  );
  const blocks = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/^```json\n(.*?)^```/gms)].map(([, text = '']) => ({ page, text })),
  );
  const definitions = blocks.flatMap(({ page, text }) => {
    const value = JSON.parse(text) as unknown;
    const isDefinition = typeof value === 'object' && value !== null && 'image' in value && !('status' in value);
    return isDefinition ? [{ page, value }] : [];
  });

  it.each(definitions)('in $page is a valid definition', ({ value }) => {
    expect(faultsOf('DefinitionInput', value)).toEqual([]);
  });
});
