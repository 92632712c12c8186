/** What the tests of the HTTP contract share: a real Berth, whose engine can't be reached, and what every answer has to keep. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Logger, pino } from 'pino';
import request, { type Response } from 'supertest';
import { expect } from 'vitest';
import { type Berth, openBerth } from '../../src/berth.js';
import { PROBLEMS, type ProblemCode } from '../../src/domain/problems/problem.js';
import { expectDocumented, type OpenApi } from './document.js';

export interface Sent {
  /** Text and bytes go as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A resource as the tests read it. */
// biome-ignore lint/suspicious/noExplicitAny: answers are JSON; what they hold is what the tests are about
export type Json = any;

export interface ProblemBody {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly { readonly in: string; readonly pointer: string; readonly message: string }[];
}

export interface TestBerth {
  readonly berth: Berth;
  readonly url: string;
  readonly dataDir: string;
  /** Sends a request, and holds the answer against the OpenAPI document. */
  send(method: string, path: string, sent?: Sent): Promise<Response>;
  /** Declares a container. */
  declare(definition: Json): Promise<Json>;
  get(path: string): Promise<Json>;
  /** Sends what is to be refused, and sees to it that nothing was changed by it. */
  refuse(code: ProblemCode, method: string, path: string, sent?: Sent): Promise<ProblemBody>;
  /** Closes this server and opens another on the same data folder. */
  restart(): Promise<TestBerth>;
  stop(): Promise<void>;
}

export const MERGE_PATCH = { 'content-type': 'application/merge-patch+json' };

export interface TestBerthOptions {
  readonly dataDir?: string;
  readonly portRange?: { readonly from: number; readonly to: number };
  /** A folder with a page in it; by default there is none. */
  readonly pageDir?: string;
  readonly instance?: string;
  /** True if a token is asked for; by default none is. */
  readonly auth?: 'on' | 'off';
  readonly rateLimit?: number;
  readonly log?: Logger;
  readonly socket?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** What is to be in force instead of the default policy; its file is `policy.json` in the data folder. */
  readonly policy?: object;
  /** The config.json of a docker CLI; by default there is none. */
  readonly dockerConfig?: string;
  /** How long a request may take to arrive, and how often that is looked at; by default as the app has it. */
  readonly patience?: { readonly requestMs: number; readonly checkMs: number };
}

export async function testBerth(options: TestBerthOptions = {}): Promise<TestBerth> {
  const { portRange = { from: 49_000, to: 49_900 } } = options;
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'berth-http-'));
  const policyFile = path.join(dataDir, 'policy.json');
  const { policy } = options;
  if (policy !== undefined) writeFileSync(policyFile, JSON.stringify(policy));
  const berth = await openBerth({
    ...{ dataDir, ...(policy !== undefined && { policyFile }) },
    engine: { host: `unix://${dataDir}/none.sock` },
    portRange,
    auth: options.auth ?? 'off',
    dockerConfig: options.dockerConfig,
    ...(options.rateLimit !== undefined && { rateLimit: options.rateLimit }),
    ...(options.socket !== undefined && { socket: options.socket }),
    ...(options.tls !== undefined && { tls: options.tls }),
    pageDir: options.pageDir,
    ...(options.instance !== undefined && { instance: options.instance }),
    log: options.log ?? pino({ level: process.env['BERTH_TEST_LOG'] ?? 'silent' }),
  });
  await berth.app.ready();
  berth.start();
  if (options.patience !== undefined) {
    const { requestMs, checkMs } = options.patience;
    Object.assign(berth.app.server, {
      requestTimeout: requestMs,
      headersTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
    });
  }
  const url = await berth.listen({ host: '127.0.0.1', port: 0 });
  const document = berth.app.swagger() as unknown as OpenApi;

  async function send(method: string, target: string, sent: Sent = {}): Promise<Response> {
    const answer = await exchange(url, method, target, sent);
    expectDocumented(document, method, target, answer);
    return answer;
  }

  async function get(target: string): Promise<Json> {
    const answer = await send('GET', target);
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  }

  /** All that is stored, without what is observed. */
  async function stored() {
    const [containers, ports] = await Promise.all([get('/v1/containers?limit=500'), get('/v1/ports')]);
    return { containers: containers.items.map(({ status: _, ...declared }: Json) => declared), ports };
  }

  return {
    ...{ berth, url, dataDir, send },
    get,
    async declare(definition) {
      const answer = await send('POST', '/v1/containers', { body: definition });
      expect(answer.status, answer.text).toBe(201);
      return answer.body;
    },
    async refuse(code, method, target, sent) {
      const before = await stored();
      const answer = await send(method, target, sent);
      expectProblem(answer, code, target);
      expect(await stored()).toEqual(before);
      return answer.body;
    },
    async restart() {
      await berth.stop();
      return testBerth({ ...options, dataDir });
    },
    async stop() {
      await berth.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** One request as it is written, and its answer; JSON is parsed, everything is there as text. */
export async function exchange(url: string, method: string, target: string, sent: Sent = {}): Promise<Response> {
  const { body, headers = {} } = sent;
  const isAsIs = typeof body === 'string' || body instanceof Uint8Array;
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const test = request(url)
    [method.toLowerCase() as 'get'](target)
    .redirects(0)
    .serialize((data: Json) => data)
    .ok(() => true)
    .set({ ...type, ...headers });
  return body === undefined ? test : test.send((isAsIs ? body : JSON.stringify(body)) as string);
}

/** What every problem is, whichever. */
export function expectProblem(answer: Response, code: ProblemCode, target: string): void {
  const { status, title } = PROBLEMS[code];
  expect({ status: answer.status, code: answer.body.code }, answer.text).toEqual({ status, code });
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.body).toMatchObject({ type: `/problems/${code}`, title, status, instance: target.split('?', 1)[0] });
  expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
  expect(answer.body.detail).toMatch(/^\S.*\.$/s);
}

/** `/image is missing`: the faults of a problem, to be compared with a table. */
export const faultsOf = ({ errors = [] }: ProblemBody): readonly string[] =>
  errors.map(({ pointer, message }) => `${pointer} ${message}`);

/** The declared part of a resource. */
export function declaredOf(view: Json): Json {
  const {
    uid: _u,
    generation: _g,
    createdAt: _c,
    updatedAt: _t,
    deletionRequestedAt: _d,
    set: _set,
    status: _s,
    ...spec
  } = view;
  return spec;
}
