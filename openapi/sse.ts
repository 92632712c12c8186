/** Server-sent events over fetch, by the HTML standard: EventSource itself can't send a token. */

import { BerthProblem } from './problem.js';

/** One event, as the standard dispatches it. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
  /** The last id that the stream has told, `''` before the first. */
  readonly id: string;
}

/** What a stream has told about coming back to it. */
export interface Place {
  lastEventId: string;
  /** In milliseconds. */
  retryMs: number;
}

/** Where a connection is: `lost` is tried again by itself, after so many milliseconds. */
export type Connection =
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly error: unknown; readonly retryMs: number };

export interface FollowOptions {
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal;
  /** Hears when the connection is made, lost and made again. */
  readonly connection?: (state: Connection) => void;
  /** A connection that says nothing for so long, heartbeats included, is taken for dead. In milliseconds. */
  readonly silenceMs?: number;
}

/** Three of the server's heartbeats. */
const SILENCE_MS = 45_000;
/** The longest wait between two attempts. */
const MAX_RETRY_MS = 30_000;

/**
 * The events of a stream that is opened again whenever it ends, at the place that it had come to.
 * @throws BerthProblem when the server refuses for a reason that waiting does not change
 */
export async function* follow(
  open: (place: Place, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>,
  { signal, connection = () => undefined, silenceMs = SILENCE_MS }: FollowOptions,
): AsyncGenerator<ServerSentEvent> {
  const place: Place = { lastEventId: '', retryMs: 3_000 };
  let failures = 0;
  while (signal?.aborted !== true) {
    const attempt = openAttempt(signal, silenceMs);
    let error: unknown;
    try {
      const body = await open(place, attempt.signal);
      connection({ kind: 'open' });
      yield* readEvents(body, place, () => {
        failures = 0;
        attempt.heard();
      });
    } catch (caught) {
      if (isFinal(caught)) throw caught;
      error = caught;
    } finally {
      attempt.end();
    }
    if (isAborted(signal)) return;
    const asked = error instanceof BerthProblem ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
    const retryMs = Math.max(asked, backoff(place.retryMs, failures++));
    connection({ kind: 'lost', error, retryMs });
    await pause(retryMs, signal);
  }
}

/** The compiler takes a signal that was looked at once for one that stays as it was. */
const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

/** Doubling, and spread: not all that lost a server come back to it in the same moment. */
const backoff = (retryMs: number, failures: number): number =>
  Math.min(retryMs * 2 ** failures, MAX_RETRY_MS) * (0.75 + Math.random() / 4);

const isFinal = (error: unknown): boolean =>
  error instanceof BerthProblem && error.status < 500 && error.status !== 408 && error.status !== 429;

/** One connection: given up when the whole is aborted, or when nothing is heard for too long. */
function openAttempt(outer: AbortSignal | undefined, silenceMs: number) {
  const abort = new AbortController();
  const giveUp = () => abort.abort(new Error(`nothing was heard for ${silenceMs} ms`));
  let timer = setTimeout(giveUp, silenceMs);
  const signal = outer === undefined ? abort.signal : AbortSignal.any([abort.signal, outer]);
  return {
    signal,
    heard() {
      clearTimeout(timer);
      timer = setTimeout(giveUp, silenceMs);
    },
    end: () => clearTimeout(timer),
  };
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal?.aborted === true) done();
    else signal?.addEventListener('abort', done);
  });
}

/**
 * The events of one body; what `place` says moves with them. Source of the rules: HTML standard, 9.2.6.
 * @param heard called whenever anything arrives, a comment too
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  place: Place,
  heard: () => void = () => undefined,
): AsyncGenerator<ServerSentEvent> {
  let event = '';
  let data: string[] = [];
  let id = place.lastEventId;
  for await (const line of linesOf(body, heard)) {
    if (line === '') {
      place.lastEventId = id;
      if (data.length > 0) yield { event: event || 'message', data: data.join('\n'), id };
      event = '';
      data = [];
      continue;
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line) ?? [];
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) place.retryMs = Number(value);
  }
}

/** The lines that are whole. They end in CR, LF or both, and both may come in two pieces. */
async function* linesOf(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let endedInCr = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      const decoded = decoder.decode(value, { stream: true });
      if (decoded === '') continue;
      const text = endedInCr && decoded.startsWith('\n') ? decoded.slice(1) : decoded;
      endedInCr = decoded.endsWith('\r');
      const lines = (rest + text).split(/\r\n|\r|\n/);
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    // Also when whoever iterates has had enough: the server is to know.
    await reader.cancel().catch(() => undefined);
  }
}
