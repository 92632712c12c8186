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
  summary: 'Plan an apply',
  description:
    'Runs every check of an apply and changes nothing. `actions` lists the steps in their order; `interrupted` lists the running containers that would be stopped, restarted or replaced, including recipients of links.',
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
  summary: 'Apply definitions',
  description:
    'Stores all definitions in one transaction, or none. Their order does not matter: they may link to each other and swap host ports. With `prune`, definitions that belong to the `set` but are missing from the request are removed; no others ever are.',
  query: WriteQuery,
  headers: Headers,
  body: ref(ApplyBody),
  replies: {
    200: applied('Stored; with ?wait all are ready. With dryRun: the definitions as they would be, and the `plan`.'),
    202: applied('Stored, but not all were ready when the wait ended.'),
  },
  problems: [...REFUSALS],
});
