import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { OpenApi } from '../document.js';
import { expectSound } from './invariants.js';
import { requestAt } from './plan.js';
import { aimsOf, type FuzzRequest } from './requests.js';
import { type Answer, bytesOf } from './wire.js';

const document: OpenApi = JSON.parse(readFileSync('openapi/openapi.json', 'utf8'));
const bytesFrom = (aims: ReturnType<typeof aimsOf>, seed: number) =>
  Array.from({ length: 100 }, (_, n) => bytesOf(requestAt(aims, seed, n + 1), { headers: {} }).toString('base64'));

it('a seed gives the same requests again, and another one others', () => {
  const [aims, again] = [aimsOf(document, Buffer.from('file')), aimsOf(document, Buffer.from('file'))];
  expect(bytesFrom(aims, 7)).toEqual(bytesFrom(again, 7));
  expect(bytesFrom(aims, 8)).not.toEqual(bytesFrom(aims, 7));
});

it('one pass takes every aim once', () => {
  const aims = aimsOf(document, Buffer.from('file'));
  const taken = aims.map((_, n) => requestAt(aims, 3, n + 1).label);
  expect(taken.toSorted()).toEqual(aims.map(({ label }) => label).toSorted());
  for (const { operationId } of Object.values(document.paths).flatMap((one) => Object.values(one)))
    expect(taken).toContain(`${operationId}: as it is meant`);
});

const GOOD: Answer = {
  status: 200,
  headers: { 'content-type': 'application/json', 'x-request-id': 'i', 'x-content-type-options': 'nosniff' },
  bytes: Buffer.alloc(0),
  text: '{"status":"ok"}',
  body: { status: 'ok' },
};
const LIVEZ: FuzzRequest = {
  label: 'getLiveness',
  kind: 'written',
  request: { method: 'GET', target: '/livez', headers: [] },
};
const problem = (status: number, code: string): Answer => {
  const body = {
    type: `/problems/${code}`,
    title: 'Internal error',
    status,
    code,
    requestId: 'i',
    instance: '/livez',
    detail: 'd.',
  };
  const headers = { ...GOOD.headers, 'content-type': 'application/problem+json' };
  return { status, headers, bytes: Buffer.alloc(0), text: JSON.stringify(body), body };
};

it.each<[what: string, answers: readonly Answer[]]>([
  ['none', []],
  ['two', [GOOD, GOOD]],
  ['a fault of ours', [problem(500, 'internal')]],
  ['a problem that the document does not have there', [problem(409, 'in-use')]],
  ['a problem of another status', [problem(404, 'invalid-body')]],
  ['a problem of no known code', [problem(400, 'nope')]],
  ['another shape', [{ ...GOOD, body: { status: 5 } }]],
  ['another media type', [{ ...GOOD, headers: { ...GOOD.headers, 'content-type': 'text/html' } }]],
  ['a header that was put in', [{ ...GOOD, headers: { ...GOOD.headers, 'x-injected': '1' } }]],
  [
    'no request id',
    [{ ...GOOD, headers: { 'content-type': 'application/json', 'x-content-type-options': 'nosniff' } }],
  ],
  ['what was asked for in a body', [{ ...GOOD, text: '/v1/smuggled' }]],
])('%s is no answer that is taken', (_, answers) => {
  expect(() => expectSound(document, LIVEZ, [GOOD])).not.toThrow();
  expect(() => expectSound(document, LIVEZ, answers)).toThrow();
});
