/** What holds of every answer, whatever was asked. */

import type { Response } from 'supertest';
import { expect } from 'vitest';
import { PROBLEMS, type ProblemCode } from '../../../src/domain/problems/problem.js';
import { expectProblem, type ProblemBody } from '../berth.js';
import { expectDocumented, type OpenApi } from '../document.js';
import type { FuzzRequest } from './requests.js';
import type { Answer } from './wire.js';

/** What is not the server's fault where there is no engine. */
const NO_ENGINE: ReadonlySet<ProblemCode> = new Set(['engine-unavailable', 'probe-unavailable', 'pull-failed']);

/** Of what can't be read as HTTP, or is refused before its path is known. */
const OF_TRANSPORT: ReadonlySet<ProblemCode> = new Set(['invalid-body', 'headers-too-large', 'request-timeout']);

/** No problem says more than this: what is refused must not be answered with many times its size. */
const LONGEST_PROBLEM = 1024 * 1024;

/** @throws AssertionError at the first thing that no answer may be */
export function expectSound(document: OpenApi, request: FuzzRequest, answers: readonly Answer[]): void {
  if (request.kind === 'raw') {
    for (const answer of answers) expectAnswer(answer);
    return;
  }
  const { method, target, headers } = request.request;
  // Node ends a connection that is to become a tunnel without a word.
  if (method === 'CONNECT' && answers.length === 0) return;
  // A header that ends the head leaves garbage behind it, and garbage ends a connection whose answer is still worked on.
  const endsTheHead = headers.some(([, value]) => String(value).includes('\r\n\r\n'));
  if (endsTheHead && answers.length === 0) return;
  expect(answers, 'exactly one answer').toHaveLength(1);
  const [answer] = answers as readonly [Answer];
  expectAnswer(answer);
  // Where a target breaks the request line, another one was asked for.
  if (isOfTransport(answer) || /[\0-\x20]/.test(target)) return;
  const [path = ''] = target.split('#', 1);
  expectDocumented(document, method, path, answer as unknown as Response);
  if (method === 'HEAD' || !isProblem(answer)) return;
  expectProblem(answer as unknown as Response, (answer.body as ProblemBody).code, path);
}

/** What holds of answers to anything, also to what is no request. */
function expectAnswer(answer: Answer): void {
  expect(Object.keys(answer.headers)).not.toContain('x-injected');
  const what = `${answer.status} ${JSON.stringify(answer.headers)}`;
  expect(answer.headers, what).toHaveProperty('x-request-id');
  expect(answer.headers, what).toMatchObject({ 'x-content-type-options': 'nosniff' });
  expect(answer.text, 'a request that was smuggled in').not.toContain('smuggled');
  expect({}, 'prototypes').not.toHaveProperty('polluted');
  if (answer.status >= 400) expectRefusal(answer);
}

function expectRefusal({ status, headers, text, body }: Answer): void {
  const { code } = body as Partial<ProblemBody>;
  if (text !== '' && headers['content-type'] === 'application/problem+json') {
    expect(Object.keys(PROBLEMS)).toContain(code);
    expect(PROBLEMS[code as ProblemCode].status).toBe(status);
    expect(text.length, 'a problem of reasonable length').toBeLessThan(LONGEST_PROBLEM);
  }
  const isFault = status >= 500 && text !== '' && !NO_ENGINE.has(code as ProblemCode) && !isReadiness(body);
  expect(isFault, `a fault of the server: ${status} ${text.slice(0, 500)}`).toBe(false);
}

/** The answer of `/readyz`, which is no problem where it is a 503. */
const isReadiness = (body: unknown): boolean => typeof body === 'object' && body !== null && 'ready' in body;

const isProblem = ({ headers }: Answer): boolean => headers['content-type'] === 'application/problem+json';

const isOfTransport = (answer: Answer): boolean => {
  const { code, instance } = answer.body as { readonly code?: ProblemCode; readonly instance?: string };
  return isProblem(answer) && instance === '*' && code !== undefined && OF_TRANSPORT.has(code);
};
