import type { FastifyInstance } from 'fastify';

/** Answers that go on until somebody ends them. */
export interface Streams {
  /** Aborted when the app closes: what follows the engine ends then, and does not hold the closing up. */
  readonly closing: AbortSignal;
}

export function openStreams(app: FastifyInstance): Streams {
  const abort = new AbortController();
  app.addHook('preClose', async () => abort.abort());
  return { closing: abort.signal };
}
