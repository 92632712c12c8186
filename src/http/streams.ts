import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** How patient an answer is that goes on, in milliseconds. */
export interface Pace {
  /** After so long without anything to say, server-sent events say so. */
  readonly heartbeat: number;
  /** A client that takes nothing of what waits for it for so long is let go. */
  readonly stuck: number;
}

const PACE: Pace = { heartbeat: 15_000, stuck: 60_000 };

type StreamType = 'text/plain' | 'text/event-stream';

/** Answers that go on until somebody ends them: all of them are sent here. */
export interface Streams {
  /** Aborted when the app closes: what follows the engine ends then, and does not hold the closing up. */
  readonly closing: AbortSignal;
  readonly pace: Pace;
  /**
   * Sends what comes as it comes, and asks for more only when the client has taken it. A body that fails is cut off, so
   * that it can't be taken for a whole one.
   */
  send(reply: FastifyReply, type: StreamType, body: AsyncIterable<string | Uint8Array>): FastifyReply;
}

export function openStreams(app: FastifyInstance, pace: Pace = PACE): Streams {
  const abort = new AbortController();
  app.addHook('preClose', async () => abort.abort());
  return {
    closing: abort.signal,
    pace,
    send(reply, type, body) {
      const stream = Readable.from(body, { objectMode: false });
      stream.once('error', (err) => {
        if (!reply.raw.destroyed) reply.log.warn({ err }, 'a stream ended early');
      });
      reply.raw.setTimeout(pace.stuck, () => {
        // Nothing went either way. That is no fault of the client where there was nothing to send.
        if (reply.raw.writableLength > 0) reply.raw.destroy();
      });
      if (type === 'text/event-stream') reply.header('cache-control', 'no-cache, no-transform');
      return reply.type(`${type}; charset=utf-8`).send(stream as never);
    },
  };
}
