import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventText } from '../../../src/http/protocol/sse.js';
import type { LogLine, LogOptions } from '../../../src/service/containers/runtime.js';
import { type DoubleApp, doubleApp, moment } from './double.js';
import { asText, open, readEvents } from './reading.js';

let t: DoubleApp;
beforeAll(async () => {
  t = await doubleApp();
});
beforeEach(() => t.given());
afterAll(() => t.close());

const SSE = 'text/event-stream';
const bytes = (text: string): Uint8Array => Buffer.from(text);
const logsOf = (...frames: readonly (readonly [LogLine['stream'], string | Uint8Array])[]) => ({
  logs: async () =>
    (async function* (): AsyncGenerator<LogLine> {
      for (const [stream, data] of frames) yield { stream, chunk: typeof data === 'string' ? bytes(data) : data };
    })(),
});

const eventsOf = async (): Promise<readonly (readonly [string, string])[]> => {
  const r = await t.http.get('/v1/containers/web/logs').set('accept', SSE).buffer(true).parse(asText).expect(200);
  expect(r.headers['content-type']).toBe(`${SSE}; charset=utf-8`);
  return readEvents(r.body);
};

describe('as text', () => {
  it('both streams come as they are, byte for byte', async () => {
    const odd = new Uint8Array([0xff, 0x00, 0x0d, 0x0a, 0xc3]);
    t.given(logsOf(['stdout', 'a\n'], ['stderr', odd], ['stdout', 'b']));
    const r = await t.http
      .get('/v1/containers/web/logs')
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      });
    expect(r.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(r.body).toEqual(Buffer.concat([bytes('a\n'), odd, bytes('b')]));
  });

  it('an empty log is empty', async () => {
    const r = await t.http.get('/v1/containers/web/logs').expect(200);
    expect(r.text).toBe('');
  });
});

describe('as events', () => {
  it('each line is one, by its stream, and the end is one too', async () => {
    t.given(logsOf(['stdout', 'one\ntwo\n'], ['stderr', 'oops\n'], ['stdout', '\nthree']));
    expect(await eventsOf()).toEqual([
      ['stdout', 'one'],
      ['stdout', 'two'],
      ['stderr', 'oops'],
      ['stdout', ''],
      ['stdout', 'three'],
      ['end', ''],
    ]);
  });

  it('lines and letters that frames cut are whole again, each stream by itself', async () => {
    const letter = bytes('ä');
    t.given(
      logsOf(
        ['stdout', 'hal'],
        ['stderr', letter.slice(0, 1)],
        ['stdout', 'f\n'],
        ['stderr', letter.slice(1)],
        ['stderr', '\n'],
      ),
    );
    expect(await eventsOf()).toEqual([
      ['stdout', 'half'],
      ['stderr', 'ä'],
      ['end', ''],
    ]);
  });

  it("a terminal's line ends are line ends", async () => {
    t.given(logsOf(['stdout', 'a\r\nb\r'], ['stdout', '\nc\r\n']));
    expect(await eventsOf()).toEqual([
      ['stdout', 'a'],
      ['stdout', 'b'],
      ['stdout', 'c'],
      ['end', ''],
    ]);
  });

  it('a line without end comes in pieces, whole when put together, and does not pile up', async () => {
    const piece = 'x'.repeat(16 * 1024);
    t.given(logsOf(...Array.from({ length: 20 }, () => ['stderr', piece] as const)));
    const events = (await eventsOf()).filter(([event]) => event === 'stderr');
    expect(events.length).toBeGreaterThan(2);
    expect(Math.max(...events.map(([, data]) => data.length))).toBeLessThan(100_000);
    expect(events.map(([, data]) => data).join('')).toBe(piece.repeat(20));
  });

  it('whatever a line holds, it stays one event and can be read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (event, data) => {
        const text = eventText({ event, data });
        expect(text.endsWith('\n\n')).toBe(true);
        expect(text.slice(0, -2)).not.toMatch(/\n\n|\r/);
        expect(readEvents(text)).toHaveLength(1);
        expect(readEvents(text)[0]?.[1]).toBe(data.replace(/\r\n|\r/g, '\n'));
      }),
    );
  });
});

describe('the parameters', () => {
  const rows: readonly [string, Partial<LogOptions>][] = [
    ['', { follow: false, stdout: true, stderr: true, timestamps: false, tail: 'all' }],
    ['?follow=true&timestamps=true', { follow: true, timestamps: true }],
    ['?stderr=false', { stdout: true, stderr: false }],
    ['?tail=10', { tail: 10 }],
    ['?tail=0', { tail: 0 }],
    ['?tail=all', { tail: 'all' }],
    ['?since=1768549430', { since: 1_768_549_430 }],
    ['?since=1768549430.5', { since: 1_768_549_430.5 }],
    ['?since=2026-01-16T07:43:50Z&until=2026-01-16T08:43:50%2B01:00', { since: 1_768_549_430, until: 1_768_549_430 }],
  ];
  it.each(rows)('%s', async (query, expected) => {
    await t.http.get(`/v1/containers/web/logs${query}`).expect(200);
    expect(t.calls[0]?.args.slice(0, 2)).toMatchObject(['web', expected]);
    if (!query.includes('since')) expect(t.calls[0]?.args[1]).not.toHaveProperty('since');
  });

  it.each([
    ['10m', 600],
    ['1h30m', 5400],
    ['1.5h', 5400],
    ['90s', 90],
    ['500ms', 0.5],
  ])('since=%s is so many seconds back', async (span, seconds) => {
    const before = Date.now() / 1000;
    await t.http.get(`/v1/containers/web/logs?since=${span}`).expect(200);
    const since = (t.calls[0]?.args[1] as LogOptions | undefined)?.since ?? 0;
    expect(since).toBeGreaterThanOrEqual(before - seconds - 0.01);
    expect(since).toBeLessThanOrEqual(Date.now() / 1000 - seconds + 0.01);
  });

  it.each([
    ['tail', '-1'],
    ['tail', 'none'],
    ['tail', '1.5'],
    ['since', 'yesterday'],
    ['since', '10 minutes'],
    ['since', ''],
    ['since', '2026-13-45'],
    ['until', '-5'],
    ['follow', 'yes'],
  ])('%s=%s is a 400 that names it', async (parameter, value) => {
    const r = await t.http.get('/v1/containers/web/logs').query({ [parameter]: value });
    expect([r.status, r.body.code, r.body.errors?.[0]?.pointer]).toEqual([400, 'invalid-parameter', `/${parameter}`]);
    expect(t.calls).toEqual([]);
  });

  it('of neither stream is a 400', async () => {
    const r = await t.http.get('/v1/containers/web/logs?stdout=false&stderr=false');
    expect([r.status, r.body.code]).toEqual([400, 'invalid-parameter']);
  });

  it('of another type is a 406', async () => {
    const r = await t.http.get('/v1/containers/web/logs').set('accept', 'application/json');
    expect([r.status, r.body.code]).toEqual([406, 'not-acceptable']);
  });
});

describe('a log that is followed', () => {
  /** A log that says one line and goes on until it is told to end; how often that was, is counted. */
  function endless() {
    const ended = moment();
    const state = { open: 0, ended: ended.when };
    return {
      state,
      logs: async (_: string, __: LogOptions, signal: AbortSignal) =>
        (async function* (): AsyncGenerator<LogLine> {
          state.open += 1;
          try {
            yield { stream: 'stdout', chunk: bytes('first\n') };
            if (!signal.aborted) await once(signal, 'abort');
          } finally {
            state.open -= 1;
            ended.happens();
          }
        })(),
    };
  }
  const following = (url: string, accept: string) => open(`${url}/v1/containers/web/logs?follow=true`, accept);

  it.each(['text/plain', SSE])('as %s says what there is at once, and ends when its reader goes', async (accept) => {
    const { state, logs } = endless();
    const own = await doubleApp({ logs });
    const response = await following((await own.listen()).url, accept);
    const [chunk] = await once(response, 'data');
    expect(String(chunk)).toMatch(/first|retry/);
    response.on('error', () => {});
    response.destroy();
    await state.ended;
    expect(state.open).toBe(0);
    await own.close();
  });

  it.each(['text/plain', SSE])('as %s ends whole when the server closes', async (accept) => {
    const { state, logs } = endless();
    const own = await doubleApp({ logs });
    const response = await following((await own.listen()).url, accept);
    response.setEncoding('utf8');
    let text = '';
    response.on('data', (part: string) => {
      text += part;
    });
    const end = once(response, 'end');
    await own.close();
    await end;
    expect(text).toContain('first');
    expect(response.complete).toBe(true);
    expect(state.open).toBe(0);
  });

  it('is not held open by a HEAD, which reads nothing of it', async () => {
    const { state, logs } = endless();
    const own = await doubleApp({ logs });
    const { url } = await own.listen();
    expect((await fetch(`${url}/v1/containers/web/logs?follow=true`, { method: 'HEAD' })).status).toBe(200);
    if (own.calls.length > 0) await state.ended;
    expect(state.open).toBe(0);
    await own.close();
  });

  it('waits for a reader that is slow, and loses nothing', async () => {
    const FRAMES = 400;
    let given = 0;
    const frame = Buffer.alloc(64 * 1024, 'x');
    const own = await doubleApp({
      logs: async () =>
        (async function* (): AsyncGenerator<LogLine> {
          for (; given < FRAMES; given++) yield { stream: 'stdout', chunk: frame };
        })(),
    });
    const response = await following((await own.listen()).url, 'text/plain');
    response.pause();
    let seen = -1;
    while (seen !== given) {
      seen = given;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(given).toBeLessThan(FRAMES);
    let size = 0;
    const hash = createHash('sha256');
    for await (const part of response as AsyncIterable<Buffer>) {
      size += part.length;
      hash.update(part);
    }
    expect(size).toBe(FRAMES * frame.length);
    const expected = createHash('sha256');
    for (let i = 0; i < FRAMES; i++) expected.update(frame);
    expect(hash.digest('hex')).toBe(expected.digest('hex'));
    await own.close();
  });

  it('that breaks is cut, not ended as if it were whole, and the log says why', async () => {
    const own = await doubleApp({
      logs: async () =>
        (async function* (): AsyncGenerator<LogLine> {
          yield { stream: 'stdout', chunk: bytes('first\n') };
          throw new Error('the engine went away');
        })(),
    });
    const response = await following((await own.listen()).url, 'text/plain');
    const read = (async () => {
      for await (const _ of response);
    })();
    await expect(read).rejects.toThrow();
    expect(JSON.stringify(own.logged)).toContain('the engine went away');
    await own.close();
  });

  it('says while it is quiet that it is not dead, as events', async () => {
    const { logs } = endless();
    const own = await doubleApp({ logs }, { heartbeat: 20, stuck: 60_000 });
    const response = await following((await own.listen()).url, SSE);
    let text = '';
    for await (const part of response.setEncoding('utf8')) {
      text += part;
      if (text.endsWith(': \n\n: \n\n: \n\n')) break;
    }
    expect(readEvents(text)).toEqual([['stdout', 'first']]);
    await own.close();
  });

  it.each(['text/plain', SSE])('as %s is ended when its reader takes nothing for a while', async (accept) => {
    const ended = moment();
    const flood = Buffer.from('x'.repeat(64 * 1024 - 1).concat('\n'));
    let given = 0;
    const logs = async () =>
      (async function* (): AsyncGenerator<LogLine> {
        try {
          for (;;) {
            given++;
            yield { stream: 'stdout', chunk: flood };
          }
        } finally {
          ended.happens();
        }
      })();
    const own = await doubleApp({ logs }, { heartbeat: 60_000, stuck: 200 });
    const response = await following((await own.listen()).url, accept);
    response.pause();
    await ended.when;
    // What the kernel holds, and one piece of ours.
    expect(given).toBeLessThan(400);
    const read = async () => {
      for await (const _ of response);
    };
    await expect(read()).rejects.toThrow();
    await own.close();
  });

  it('is not ended for being quiet', async () => {
    const { state, logs } = endless();
    const own = await doubleApp({ logs }, { heartbeat: 20, stuck: 100 });
    const { url } = await own.listen();
    const quiet = await following(url, 'text/plain');
    await once(quiet, 'data');
    // A clock of the same server: so many heartbeats are many times as long as a reader may be stuck.
    const clock = await following(url, SSE);
    let beats = 0;
    for await (const part of clock.setEncoding('utf8')) {
      beats += String(part).split(': \n\n').length - 1;
      if (beats >= 30) break;
    }
    expect(quiet.destroyed).toBe(false);
    const end = once(quiet, 'end');
    await own.close();
    await end;
    expect(state.open).toBe(0);
  });
});
