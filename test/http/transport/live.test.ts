/** Stats, commands and pulls, as they go over the wire. */

import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROBLEMS, Problem } from '../../../src/domain/problems/problem.js';
import { USAGE } from '../../../src/http/containers/live-examples.js';
import type { ExecSignal } from '../../../src/service/containers/exec.js';
import type { Usage } from '../../../src/service/containers/runtime.js';
import type { PullSignal } from '../../../src/service/images.js';
import { faultsAgainst, type OpenApi } from '../document.js';
import { type DoubleApp, doubleApp, moment, signals } from './double.js';
import { asText, open, readEvents } from './reading.js';

let t: DoubleApp;
let document: OpenApi;
beforeAll(async () => {
  t = await doubleApp();
  document = (await t.http.get('/openapi.json')).body;
});
beforeEach(() => t.given());
afterAll(() => t.close());

const SSE = 'text/event-stream';
const EXEC = '/v1/containers/web/exec';
const PULL = '/v1/images/pull';

async function eventsOf(method: 'get' | 'post', path: string, body?: object) {
  const r = await t.http[method](path).set('accept', SSE).send(body).buffer(true).parse(asText).expect(200);
  expect(r.headers['content-type']).toBe(`${SSE}; charset=utf-8`);
  return readEvents(r.body).map(([event, data]) => [event, data.startsWith('{') ? JSON.parse(data) : data]);
}

function expectDocumented(path: string, verb: string, body: unknown): void {
  const place = ['paths', path, verb, 'responses', '200', 'content', 'application/json', 'schema'];
  expect(faultsAgainst(document, place, body)).toEqual([]);
}

describe('stats', () => {
  it('are one reading, as documented', async () => {
    const { body } = await t.http.get('/v1/containers/web/stats').expect(200);
    expect(body).toEqual(USAGE);
    expectDocumented('/v1/containers/{name}/stats', 'get', body);
    expect(t.calls).toEqual([{ method: 'usage', args: ['web'] }]);
  });

  it('say null where nothing is counted', async () => {
    const reading: Usage = { ...USAGE, memory: null, network: null, pids: { current: 1, limit: null } };
    t.given({ usage: async () => ({ ...reading, cpu: { ...reading.cpu, percent: null } }) });
    const { body } = await t.http.get('/v1/containers/web/stats').expect(200);
    expect(body).toMatchObject({ memory: null, network: null, pids: { limit: null }, cpu: { percent: null } });
    expectDocumented('/v1/containers/{name}/stats', 'get', body);
  });

  it('that are followed are events, and the end is one', async () => {
    t.given({ followUsage: async () => signals<Usage>(USAGE, USAGE) });
    expect(await eventsOf('get', '/v1/containers/web/stats?follow=true')).toEqual([
      ['stats', USAGE],
      ['stats', USAGE],
      ['end', ''],
    ]);
  });

  it.each([
    ['', SSE],
    ['?follow=true', 'application/json'],
  ])('%s are not to be had as %s: 406', async (query, accept) => {
    const r = await t.http.get(`/v1/containers/web/stats${query}`).set('accept', accept);
    expect([r.status, r.body.code]).toEqual([406, 'not-acceptable']);
    expect(t.calls).toEqual([]);
  });

  it('of what does not run are a 409', async () => {
    const stopped = async () => {
      throw new Problem('not-running', 'web must be running for this: its container is exited.');
    };
    t.given({ usage: stopped, followUsage: stopped });
    for (const query of ['', '?follow=true']) {
      const r = await t.http.get(`/v1/containers/web/stats${query}`);
      expect([r.status, r.body.code]).toEqual([PROBLEMS['not-running'].status, 'not-running']);
    }
  });
});

describe('a command', () => {
  const said = (stream: 'stdout' | 'stderr', text: string | Uint8Array): ExecSignal => ({
    ...{ kind: 'output', stream, chunk: Buffer.from(text as string) },
  });
  const exit: ExecSignal = { kind: 'exit', exitCode: 2, timedOut: false, stillRunning: false };

  it('is asked for with its defaults, and answers both streams and its exit code', async () => {
    t.given({ exec: async () => signals(said('stdout', 'a'), said('stderr', 'b'), said('stdout', 'c\n'), exit) });
    const { body } = await t.http
      .post(EXEC)
      .send({ command: ['ls'] })
      .expect(200);
    expect(body).toEqual({
      ...{ exitCode: 2, stdout: 'ac\n', stderr: 'b', truncated: false, timedOut: false, stillRunning: false },
    });
    expectDocumented('/v1/containers/{name}/exec', 'post', body);
    expect(t.calls[0]?.args.slice(0, 2)).toEqual(['web', { command: ['ls'], timeoutSeconds: 10 }]);
  });

  it('hands on all that was asked for', async () => {
    const asked = { command: ['a', ''], user: '1:2', workingDir: '/x', env: { A: '' }, timeoutSeconds: 300 };
    await t.http
      .post(EXEC)
      .send({ ...asked, encoding: 'base64' })
      .expect(200);
    expect(t.calls[0]?.args.slice(0, 2)).toEqual(['web', asked]);
  });

  it.each([
    ['exactly a MiB is whole', 1024 * 1024, 1024 * 1024, false],
    ['a byte more is cut', 1024 * 1024 + 1, 1024 * 1024, true],
  ])('of which %s', async (_, written, kept, truncated) => {
    const pieces = [said('stderr', 'x'.repeat(written - 7)), said('stderr', 'y'.repeat(7)), said('stdout', 'z')];
    t.given({ exec: async () => signals(...pieces, exit) });
    const { body } = await t.http.post(EXEC).send({ command: ['ls'] });
    expect([body.stderr.length, body.stdout, body.truncated]).toEqual([kept, 'z', truncated]);
  });

  it('keeps no more of an output than that in memory, however long it is', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    t.given({
      exec: async () =>
        (async function* (): AsyncGenerator<ExecSignal> {
          for (let i = 0; i < 4000; i++) yield { kind: 'output', stream: 'stdout', chunk };
          yield exit;
        })(),
    });
    const { body } = await t.http.post(EXEC).send({ command: ['yes'] });
    expect([body.stdout.length, body.truncated, body.exitCode]).toEqual([1024 * 1024, true, 2]);
  });

  it('as events is lines as they come, then how it ended', async () => {
    t.given({
      exec: async () => signals(said('stdout', 'a\nb'), said('stderr', 'oh\n'), said('stdout', 'c\nd'), exit),
    });
    expect(await eventsOf('post', EXEC, { command: ['ls'] })).toEqual([
      ['stdout', 'a'],
      ['stderr', 'oh'],
      ['stdout', 'bc'],
      ['stdout', 'd'],
      ['exit', { exitCode: 2, timedOut: false, stillRunning: false }],
    ]);
  });

  it('with an Idempotency-Key is answered again alike', async () => {
    const kept: unknown[] = [];
    t.given({
      keepAnswer: async (...answer) => {
        kept.push(answer);
      },
    });
    await t.http
      .post(EXEC)
      .set('idempotency-key', 'once')
      .send({ command: ['ls'] })
      .expect(200);
    expect(kept).toMatchObject([[expect.stringMatching(/^[0-9a-f]{64}$/), expect.any(String), { status: 200 }]]);
  });

  it('that the server ends because it is stopped is a 503, and not kept', async () => {
    const own = await doubleApp({
      exec: async (_, __, signal) =>
        (async function* (): AsyncGenerator<ExecSignal> {
          if (!signal.aborted) await once(signal, 'abort');
          yield { kind: 'exit', exitCode: null, timedOut: false, stillRunning: false };
        })(),
    });
    const { url } = await own.listen();
    const answer = fetch(`${url}${EXEC}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'stopped' },
      body: JSON.stringify({ command: ['sleep', '100'] }),
    });
    while (own.calls.every(({ method }) => method !== 'exec')) await new Promise(setImmediate);
    await own.close();
    const { status, body } = await answer.then(async (one) => ({
      status: one.status,
      body: (await one.json()) as object,
    }));
    expect([status, body]).toMatchObject([503, { code: 'shutting-down' }]);
    expect(own.calls.map(({ method }) => method)).not.toContain('keepAnswer');
  });

  it('is ended when its client goes, and that is no failure of ours', async () => {
    const ended = moment();
    const own = await doubleApp({
      exec: async (_, __, signal) =>
        (async function* (): AsyncGenerator<ExecSignal> {
          if (!signal.aborted) await once(signal, 'abort');
          ended.happens();
          yield { kind: 'exit', exitCode: null, timedOut: false, stillRunning: false };
        })(),
    });
    const { url } = await own.listen();
    const client = request(`${url}${EXEC}`, { method: 'POST', headers: { 'content-type': 'application/json' } });
    client.on('error', () => undefined).end('{"command":["sleep","100"]}');
    while (own.calls.length === 0) await new Promise(setImmediate);
    client.destroy();
    await ended.when;
    await own.close();
    expect(own.logged.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });
});

describe('a pull', () => {
  const step: PullSignal = {
    ...{ kind: 'progress', layer: 'abc', status: 'Downloading', currentBytes: 1, totalBytes: 2 },
  };
  const done: PullSignal = { kind: 'done', image: 'mysql:latest', imageId: 'sha256:1', digest: null };

  it('is events by default, and the last is what it came to', async () => {
    t.given({ pull: async () => signals<PullSignal>(step, done) });
    const r = await t.http.post(PULL).send({ image: 'mysql' }).buffer(true).parse(asText).expect(200);
    const { kind: _, ...progress } = step;
    expect(readEvents(r.body).map(([event, data]) => [event, JSON.parse(data)])).toEqual([
      ['progress', progress],
      ['done', { image: 'mysql:latest', imageId: 'sha256:1', digest: null }],
    ]);
  });

  it('is one answer where that is asked for', async () => {
    t.given({ pull: async () => signals<PullSignal>(step, step, done) });
    const { body } = await t.http.post(PULL).set('accept', 'application/json').send({ image: 'mysql' }).expect(200);
    expect(body).toEqual({ image: 'mysql:latest', imageId: 'sha256:1', digest: null });
    expectDocumented(PULL, 'post', body);
  });

  it('that fails under way says so in its last event, and as the answer', async () => {
    t.given({
      pull: async () =>
        (async function* (): AsyncGenerator<PullSignal> {
          yield step;
          throw new Problem('pull-failed', 'mysql:latest could not be pulled: unexpected EOF.');
        })(),
    });
    const events = await eventsOf('post', PULL, { image: 'mysql' });
    expect(events.at(-1)).toMatchObject(['error', { code: 'pull-failed', status: 502, instance: PULL }]);
    expect(faultsAgainst(document, ['components', 'schemas', 'Problem'], events.at(-1)?.[1])).toEqual([]);
    const r = await t.http.post(PULL).set('accept', 'application/json').send({ image: 'mysql' });
    expect([r.status, r.body.code]).toEqual([502, 'pull-failed']);
  });

  it('hears of its client that it has gone', async () => {
    const gone = moment();
    const own = await doubleApp({
      pull: async (_, signal) => {
        signal.addEventListener('abort', gone.happens);
        return (async function* (): AsyncGenerator<PullSignal> {
          yield step;
          if (!signal.aborted) await once(signal, 'abort');
        })();
      },
    });
    const { url } = await own.listen();
    const client = request(`${url}${PULL}`, { method: 'POST', headers: { 'content-type': 'application/json' } });
    const [response] = await once(client.end('{"image":"mysql"}'), 'response');
    response.on('error', () => undefined).destroy();
    await gone.when;
    await own.close();
  });
});

describe('what is followed', () => {
  it('costs no more than what its reader takes', async () => {
    let given = 0;
    const own = await doubleApp({
      followUsage: async () =>
        (async function* (): AsyncGenerator<Usage> {
          for (; given < 200_000; given++) yield USAGE;
        })(),
    });
    const response = await open(`${(await own.listen()).url}/v1/containers/web/stats?follow=true`, SSE);
    response.pause();
    let seen = -1;
    while (seen !== given) {
      seen = given;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(given).toBeLessThan(200_000);
    response.destroy();
    await own.close();
  });
});
