import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BerthProblem } from '../../../openapi/problem.js';
import { type Connection, follow, readEvents, type ServerSentEvent } from '../../../openapi/sse.js';
import { eventText } from '../../../src/http/protocol/sse.js';

type Body = ReadableStream<Uint8Array>;

/** A body that comes in these pieces, and then ends, or breaks. */
const bodyOf = (pieces: readonly Uint8Array[], broken?: Error): Body => {
  const left = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const next = left.shift();
      if (next !== undefined) controller.enqueue(next);
      else if (broken !== undefined) controller.error(broken);
      else controller.close();
    },
  });
};
const text = (...pieces: readonly string[]): Body => bodyOf(pieces.map((piece) => new TextEncoder().encode(piece)));

async function read(body: Body, place = { lastEventId: '', retryMs: 0 }): Promise<readonly ServerSentEvent[]> {
  const all: ServerSentEvent[] = [];
  for await (const event of readEvents(body, place)) all.push(event);
  return all;
}

/** Cuts bytes where it is told to, inside characters too. */
function cut(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const at = [...new Set(cuts.map((n) => n % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...at, bytes.length].map((end, n) => bytes.slice(at[n - 1] ?? 0, end));
}

describe('reading a stream', () => {
  it('gives back what the server wrote, however it is cut', async () => {
    const data = fc
      .array(fc.constantFrom('\r', '\n', '\r\n', ': ', 'data: ', 'é', '🐳', 'x', ''))
      .map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(data), fc.array(fc.nat()), async (all, cuts) => {
        const written = all.map((one, n) => eventText({ id: String(n), event: 'told', data: one })).join('');
        const heard = await read(bodyOf(cut(new TextEncoder().encode(written), cuts)));
        expect(heard).toEqual(
          all.map((one, n) => ({ id: String(n), event: 'told', data: one.replace(/\r\n|\r/g, '\n') })),
        );
      }),
    );
  });

  it.each<[what: string, body: Body, heard: readonly Partial<ServerSentEvent>[]]>([
    ['an event without a name is a message', text('data: a\n\n'), [{ event: 'message', data: 'a' }]],
    ['comments are nothing', text(': \n\n: data: a\n\n'), []],
    ['an event without data is none', text('event: a\n\n'), []],
    ['what is not ended is not told', text('data: a\n\ndata: b\n'), [{ data: 'a' }]],
    ['one space after the colon is not part of it', text('data:  a\n\ndata:b\n\n'), [{ data: ' a' }, { data: 'b' }]],
    ['a CR LF in two pieces ends one line', text('data: a\r', '\ndata: b\r\n\r', '\n'), [{ data: 'a\nb' }]],
    ['a byte order mark is left out', text('\uFEFFdata: a\n\n'), [{ data: 'a' }]],
    ['fields that it does not know are passed over', text('color: red\ndata: a\n\n'), [{ data: 'a' }]],
    ['an id stays until there is another', text('id: 7\n\ndata: a\n\n'), [{ id: '7' }]],
    ['an id with NUL is none', text('id: 7\n\nid: \0\ndata: a\n\n'), [{ id: '7' }]],
  ])('%s', async (_, body, heard) => {
    expect(await read(body)).toEqual(heard.map((one) => expect.objectContaining(one)));
  });

  it('tells the server when its reader has had enough', async () => {
    let cancelled = false;
    const body: Body = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: a\n\n')),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const _ of readEvents(body, { lastEventId: '', retryMs: 0 })) break;
    expect(cancelled).toBe(true);
  });
});

describe('following', () => {
  /** Opens one body after the other, and remembers at which place each was asked for. */
  function opening(...bodies: readonly (Body | Error)[]) {
    const left = [...bodies];
    const asked: string[] = [];
    const states: Connection[] = [];
    return {
      asked,
      states,
      connection: (state: Connection) => states.push(state),
      async open({ lastEventId }: { lastEventId: string }): Promise<Body> {
        asked.push(lastEventId);
        const next = left.shift() ?? new Error('there is no more');
        if (next instanceof Error) throw next;
        return next;
      },
    };
  }
  const refusal = (status: number, headers: Record<string, string> = {}) =>
    new BerthProblem(new Response(null, { status, headers }), {});
  const soon = 'retry: 1\n\n';

  it('comes back to where it was, after an end, a break and a server in trouble', async () => {
    const broken = bodyOf([new TextEncoder().encode('id: 2\ndata: b\n\ndata: half')], new Error('cut'));
    const server = opening(text(`${soon}id: 1\ndata: a\n\n`), broken, refusal(503), text('id: 3\ndata: c\n\n'));
    const heard: string[] = [];
    for await (const { data } of follow(server.open, { connection: server.connection })) {
      heard.push(data);
      if (data === 'c') break;
    }
    expect(heard).toEqual(['a', 'b', 'c']);
    expect(server.asked).toEqual(['', '1', '2', '2']);
    expect(server.states.map(({ kind }) => kind)).toEqual(['open', 'lost', 'open', 'lost', 'lost', 'open']);
  });

  it('waits longer after each failure, and at least as long as the server asks', async () => {
    const end = new AbortController();
    const server = opening(
      text(soon),
      ...Array.from({ length: 5 }, () => refusal(503)),
      refusal(429, { 'retry-after': '60' }),
    );
    const waits: number[] = [];
    const connection = (state: Connection) => {
      if (state.kind === 'lost') waits.push(state.retryMs);
      if (waits.length === 7) end.abort();
    };
    for await (const _ of follow(server.open, { signal: end.signal, connection })) expect.unreachable();
    for (const [n, wait] of waits.slice(0, 6).entries()) expect(wait / 2 ** n).toSatisfy((ms) => ms >= 0.75 && ms <= 1);
    expect(waits[6]).toBe(60_000);
  });

  it('gives up a connection on which not even a heartbeat comes', async () => {
    const end = new AbortController();
    const states: Connection[] = [];
    const open = async (_: unknown, signal: AbortSignal): Promise<Body> =>
      new ReadableStream({ start: (body) => signal.addEventListener('abort', () => body.error(signal.reason)) });
    const connection = (state: Connection) => {
      states.push(state);
      if (state.kind === 'lost') end.abort();
    };
    for await (const _ of follow(open, { signal: end.signal, silenceMs: 5, connection })) expect.unreachable();
    expect(states.map(({ kind }) => kind)).toEqual(['open', 'lost']);
  });

  it('throws what waiting does not change', async () => {
    const server = opening(refusal(403));
    await expect(follow(server.open, {}).next()).rejects.toMatchObject({ status: 403 });
  });

  it('ends without an error when it is aborted, also while it waits', async () => {
    const end = new AbortController();
    const server = opening(text('retry: 3600000\n\n'));
    const connection = (state: Connection) => state.kind === 'lost' && end.abort();
    expect(await follow(server.open, { signal: end.signal, connection }).next()).toMatchObject({ done: true });
  });
});
