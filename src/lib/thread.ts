/** A worker thread that answers one question at a time: it keeps long calculations away from the event loop. */

import { once } from 'node:events';
import { type ResourceLimits, Worker } from 'node:worker_threads';

interface Thread<Question, Answer> {
  /**
   * Resolves with the thread's answer. Questions must not overlap: callers queue them.
   *
   * @throws Error from `late` or `outOfMemory`, or whatever ended the thread; the next question starts another one
   */
  ask(question: Question): Promise<Answer>;
  /** Ends the thread; a question without an answer fails. */
  close(): Promise<void>;
}

/** The module posts a message when it is ready, and then one for each question. */
export function createThread<Question, Answer>(options: {
  readonly module: URL;
  /** Time for one answer, in milliseconds. */
  readonly limitMs: number;
  readonly late: () => Error;
  readonly outOfMemory?: () => Error;
  readonly resourceLimits?: ResourceLimits;
}): Thread<Question, Answer> {
  const { module, limitMs, late, outOfMemory, resourceLimits } = options;
  let worker: Promise<Worker> | undefined;

  async function start(): Promise<Worker> {
    const started = module.pathname.endsWith('.ts')
      ? new Worker(throughTsx(module), { eval: true, ...(resourceLimits && { resourceLimits }) })
      : new Worker(module, resourceLimits && { resourceLimits });
    started.unref();
    // A thread that ends between two questions isn't asked again.
    started.on('error', () => {
      worker = undefined;
    });
    await once(started, 'message');
    return started;
  }

  async function close(): Promise<void> {
    const ended = await worker?.catch(() => undefined);
    worker = undefined;
    await ended?.terminate();
  }

  return {
    async ask(question) {
      worker ??= start();
      try {
        return await answerOf<Answer>(await worker, question, limitMs, late);
      } catch (error) {
        await close();
        const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        throw isTooLarge && outOfMemory !== undefined ? outOfMemory() : error;
      }
    },
    close,
  };
}

/** Node.js 20 runs TypeScript only through a loader: sources are run by tsx and by tests, never in production. */
const throughTsx = ({ href }: URL): string =>
  `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(href)}); });`;

/** Sends one question; the next message is its answer. */
function answerOf<Answer>(worker: Worker, question: unknown, limitMs: number, late: () => Error): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => reject(late())), limitMs);
    const answered = (answer: Answer) => settle(() => resolve(answer));
    const failed = (error: Error) => settle(() => reject(error));
    const exited = () => settle(() => reject(new Error('the thread has ended')));
    function settle(how: () => void): void {
      clearTimeout(timer);
      worker.off('message', answered).off('error', failed).off('exit', exited);
      how();
    }
    worker.once('message', answered).once('error', failed).once('exit', exited);
    worker.postMessage(question);
  });
}
