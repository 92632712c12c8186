import { Type } from 'typebox';
import { APPLY, PLAN } from '../containers/examples.js';
import { Plan } from '../containers/plan.js';
import { operation } from '../openapi/operation.js';
import { noQuery, WriteQuery } from '../openapi/parameters.js';
import { ref } from '../openapi/schema-helpers.js';
import { idempotencyHeader, KEYED } from '../pipeline/idempotency.js';
import { Applied, ApplyBody } from './schemas.js';

const tags = ['sets'];

const Headers = Type.Object(idempotencyHeader);

const REFUSALS = [
  'invalid-body',
  'payload-too-large',
  'unsupported-media-type',
  'storage-unavailable',
  'invalid-definition',
  'policy-denied',
  'port-claimed',
  'in-use',
  ...KEYED,
] as const;

const applied = (description: string) => ({
  description,
  content: { 'application/json': { schema: ref(Applied), examples: { shop: { value: APPLY } } } },
});

export const planContainers = operation('POST', '/plan', {
  id: 'planContainers',
  tags,
  summary: 'What an apply would do',
  description:
    'Runs every check of an apply and changes nothing. `actions` are in the order in which they would be done, `interrupted` names the running containers that would be stopped or replaced, recipients of links included.',
  query: noQuery,
  headers: Headers,
  body: ref(ApplyBody),
  replies: {
    200: {
      description: 'The plan.',
      content: { 'application/json': { schema: ref(Plan), examples: { shop: { value: PLAN } } } },
    },
  },
  problems: [...REFUSALS, 'engine-unavailable'],
});

export const applyContainers = operation('POST', '/apply', {
  id: 'applyContainers',
  tags,
  summary: 'Declare containers together',
  description:
    'All are stored in one transaction, or none: their order does not matter, links among them need not exist before, and two can swap their host ports. With `prune`, what belongs to the `set` and is not among them is removed; nothing else ever is.',
  query: WriteQuery,
  headers: Headers,
  body: ref(ApplyBody),
  replies: {
    200: applied('Stored; with ?wait all are ready. Of a dry run, what would be, with its `plan`.'),
    202: applied('Stored; not all were ready when the wait ended.'),
  },
  problems: [...REFUSALS],
});
