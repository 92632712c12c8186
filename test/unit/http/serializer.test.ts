/** Serialisers of answers. */

import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { nullable } from '../../../src/http/openapi/schema-helpers.js';
import { asNullable, serializerBuilder } from '../../../src/http/openapi/serializer.js';

const ahead: (() => unknown)[] = [];
const build = serializerBuilder({ add: (make) => ahead.push(make) }) as unknown as (
  external: object,
  options: object,
) => (route: object) => (value: unknown) => string;
const Inner = { $id: 'Inner', type: 'object', properties: { at: nullable(Type.String({ format: 'date-time' })) } };
const serializerOf = (schema: object) => build({ Inner }, {})({ method: 'GET', url: '/', schema, httpStatus: '200' });

describe('a value that may be null', () => {
  it.each<[string, object, unknown]>([
    ['text', nullable(Type.String()), 'a'],
    ['time', nullable(Type.String({ format: 'date-time' })), '2026-11-30T00:00:00Z'],
    ['number', nullable(Type.Integer()), 0],
    ['one of some words', nullable(Type.Union([Type.Literal('a'), Type.Literal('b')])), 'b'],
    ['list', nullable(Type.Array(Type.Integer())), [1, 2]],
    ['object', nullable(Type.Object({ b: nullable(Type.Boolean()) })), { b: null }],
    ['object with any fields', nullable(Type.Object({}, { additionalProperties: true })), { c: { d: [1] } }],
    ['shared schema', nullable(Type.Unsafe({ $ref: 'Inner#' })), { at: null }],
  ])('is written as what it is: %s', (_, schema, value) => {
    const serialize = serializerOf(Type.Object({ value: schema as never }));
    expect(JSON.parse(serialize({ value }))).toEqual({ value });
    expect(serialize({ value: null })).toBe('{"value":null}');
  });

  it('has no validator where its schema is no reference', () => {
    expect(asNullable({ items: nullable(Type.String()) })).toEqual({ items: { type: 'string', nullable: true } });
    const others = [
      nullable(Type.Unsafe({ $ref: 'Inner#' })),
      { anyOf: [{ type: 'string' }, { type: 'integer' }] },
      { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] },
    ];
    for (const schema of others) expect(asNullable(schema)).toEqual(schema);
  });
});

it('answers that are alike share a serialiser, which can be made ahead', () => {
  ahead.length = 0;
  const compile = build({}, {});
  const route = { method: 'GET', url: '/', httpStatus: '200', schema: { type: 'array', items: { type: 'string' } } };
  expect(compile(route)).toBe(compile({ ...route, url: '/other' }));
  expect(ahead).toHaveLength(1);
  for (const make of ahead) make();
  expect(compile(route)(['a'])).toBe('["a"]');
});
