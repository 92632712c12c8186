import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Problem } from '../../domain/problems/problem.js';
import { MultiMap } from '../../lib/multimap.js';

/** Heartbeat and timeout of streamed responses, in milliseconds. */
export interface Pace {
  /** Time without an event until a heartbeat is sent. */
  readonly heartbeat: number;
  /** Time after which a client that takes none of its waiting data is disconnected. */
  readonly stuck: number;
}

/** Limit of streamed responses at once: for one caller, and in all. */
const HELD = { byOne: 2_000, all: 4_000 } as const;

const PACE: Pace = { heartbeat: 15_000, stuck: 60_000 };

type StreamType = 'text/plain' | 'text/event-stream';

/** Streamed responses, which go on until somebody ends them: all of them are sent here. */
export interface Streams {
  /** Aborted when the app closes, so that a stream that follows the engine ends and does not delay the shutdown. */
  readonly closing: AbortSignal;
  /**
   * Counts a streamed response until its connection closes. @returns a signal that aborts when it has to end earlier:
   * the app closes, or the caller's token is revoked or has expired. @throws Problem `too-many-requests`
   */
  hold(reply: FastifyReply): AbortSignal;
  /** Ends all streamed responses of one caller. */
  end(principalId: string): void;
  readonly pace: Pace;
  /**
   * Sends data as it comes, and requests more only after the client has taken it. A body that fails is cut off, so that
   * a client can't take it for complete.
   */
  send(reply: FastifyReply, type: StreamType, body: AsyncIterable<string | Uint8Array>): FastifyReply;
}

export function openStreams(app: FastifyInstance, pace: Pace = PACE): Streams {
  const abort = new AbortController();
  app.addHook('preClose', async () => abort.abort());
  const held = new MultiMap<string, AbortController>();
  let count = 0;

  function release(principalId: string, end: AbortController): void {
    if (held.delete(principalId, end)) count--;
  }

  return {
    closing: abort.signal,
    hold({ request, raw }) {
      const { id, name, expiresAt } = request.principal;
      const own = held.get(id).size;
      if (own >= HELD.byOne || count >= HELD.all) throw tooMany(name, own);
      const end = new AbortController();
      held.add(id, end);
      count++;
      const expiry = expiresAt == null ? undefined : waitUntil(expiresAt, () => end.abort());
      const over = (): void => {
        expiry?.();
        forget();
        release(id, end);
        end.abort();
      };
      raw.once('close', over);
      // Node does not report the close of a connection to a response that waits behind another one.
      const forget = onceClosed(request.raw.socket, over);
      // It may have closed before anybody listened.
      if (raw.destroyed) over();
      return AbortSignal.any([end.signal, abort.signal]);
    },
    end(principalId) {
      for (const one of held.get(principalId) ?? []) one.abort();
    },
    pace,
    send(reply, type, body) {
      const stream = Readable.from(body, { objectMode: false });
      stream.once('error', (err) => {
        if (!reply.raw.destroyed) reply.log.warn({ err }, 'a response stream ended early');
      });
      reply.raw.setTimeout(pace.stuck, () => {
        // Silence is no fault of the client if there was nothing to send.
        if (reply.raw.writableLength > 0) reply.raw.destroy();
      });
      if (type === 'text/event-stream') reply.header('cache-control', 'no-cache, no-transform');
      return reply.type(`${type}; charset=utf-8`).send(stream);
    },
  };
}

const listeners = new WeakMap<Socket, Set<() => void>>();

/** Calls when a connection closes, however many want to know of it. @returns takes that back */
function onceClosed(socket: Socket, call: () => void): () => void {
  const all = listeners.get(socket) ?? new Set();
  if (!listeners.has(socket)) {
    listeners.set(socket, all);
    socket.once('close', () => {
      for (const one of [...all]) one();
    });
  }
  all.add(call);
  return () => void all.delete(call);
}

/** The longest that a timer of Node can be set to, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls at a moment, at once where that is over. @returns takes that back */
function waitUntil(moment: Date, call: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  function wait(): void {
    const left = moment.getTime() - Date.now();
    if (left <= 0) call();
    else timer = setTimeout(wait, Math.min(left, LONGEST_MS)).unref();
  }
  wait();
  return () => clearTimeout(timer);
}

const tooMany = (name: string, own: number): Problem => {
  const whose = own >= HELD.byOne ? `The token ${name} has ${own}` : `All clients together have ${HELD.all}`;
  return new Problem('too-many-requests', `${whose} open streams. Close some and try again.`, {
    retryAfterSeconds: 5,
  });
};
