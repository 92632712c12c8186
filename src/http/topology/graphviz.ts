/** Graphs in Graphviz's DOT, drawn as SVG: in a worker thread, so that no other request waits for a layout. */

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Problem } from '../../domain/problems/problem.js';
import { createRequestLimiter } from '../../service/core/request-limiter.js';

/** How long one layout may take, in milliseconds. */
const LIMIT_MS = 10_000;
/** How many may wait for the one that is being drawn. */
const WAITING = 16;
/** How many drawings are kept, by their text: a page asks for the same one again and again. */
const KEPT = 32;
const RETRY_AFTER_SECONDS = 2;

export interface Drawing {
  /**
   * The same text is drawn once. @throws Problem `too-large-to-draw` where it takes too long, `busy` where too many wait
   */
  draw(dot: string): Promise<string>;
  /** Ends the thread; what is being drawn fails. */
  close(): Promise<void>;
}

type Answer = { readonly svg: string } | { readonly fault: string };

export function createDrawing({ limitMs = LIMIT_MS }: { readonly limitMs?: number } = {}): Drawing {
  const kept = new Map<string, Promise<string>>();
  let worker: Promise<Worker> | undefined;
  const turns = createRequestLimiter({
    places: 1,
    waiting: WAITING,
    what: 'drawings',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });

  async function start(): Promise<Worker> {
    const started = new Worker(new URL('./graphviz-worker.mjs', import.meta.url));
    started.unref();
    // One that fails while nobody asks it is not asked again.
    started.on('error', () => {
      worker = undefined;
    });
    await once(started, 'message');
    return started;
  }

  async function end(): Promise<void> {
    const ended = await worker?.catch(() => undefined);
    worker = undefined;
    await ended?.terminate();
  }

  async function render(dot: string): Promise<string> {
    worker ??= start();
    const answer = await worker
      .then((started) => ask(started, dot, limitMs))
      .catch(async (error: unknown) => {
        await end();
        throw error;
      });
    if ('fault' in answer) throw new Error(`Graphviz refuses what was made for it: ${answer.fault}`);
    return themed(answer.svg);
  }

  return {
    async draw(dot) {
      const known = kept.get(dot);
      const drawn = known ?? turns(() => render(dot));
      kept.delete(dot);
      kept.set(dot, drawn);
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(oldest);
      }
      try {
        return await drawn;
      } catch (error) {
        if (kept.get(dot) === drawn) kept.delete(dot);
        throw error;
      }
    },
    close: end,
  };
}

/** One question to the worker, whose answer is the next message. */
function ask(worker: Worker, dot: string, limitMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const detail = `The drawing takes longer than ${limitMs / 1000} seconds: ask for a part of it with ?set= or ?name=, or for another form.`;
      settle(() => reject(new Problem('too-large-to-draw', detail)));
    }, limitMs);
    const answered = (answer: Answer) => settle(() => resolve(answer));
    const failed = (error: Error) => settle(() => reject(error));
    const exited = () => settle(() => reject(new Error('the drawing thread has ended')));
    function settle(how: () => void): void {
      clearTimeout(timer);
      worker.off('message', answered).off('error', failed).off('exit', exited);
      how();
    }
    worker.once('message', answered).once('error', failed).once('exit', exited);
    worker.postMessage(dot);
  });
}

/**
 * Graphviz's SVG as a part of a page: no prolog, and in the colour of the text around it, whichever that is. Graphviz
 * writes black as one of these, and leaves it out for texts.
 */
function themed(svg: string): string {
  return svg
    .slice(svg.indexOf('<svg '))
    .replace('<svg ', '<svg role="group" aria-label="Topology: containers, their links and host ports" ')
    .replaceAll(/(fill|stroke)="(?:black|#000000)"/g, '$1="currentColor"')
    .replaceAll('font-family="Courier"', 'font-family="ui-monospace,Courier,monospace"')
    .replaceAll('<text ', '<text fill="currentColor" ');
}
