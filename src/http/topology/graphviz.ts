/** Draws graphs in Graphviz's DOT as SVG, in a worker thread, so that no other request waits for a layout. */

import { Problem } from '../../domain/problems/problem.js';
import { Lru } from '../../lib/lru.js';
import { createThread } from '../../lib/thread.js';
import { createRequestLimiter } from '../../service/core/request-limiter.js';

/** Time that one layout may take, in milliseconds. */
const LIMIT_MS = 10_000;
/** Limit of drawings that wait for the one under way. */
const WAITING = 16;
/** Number of drawings that are cached by their text: a page requests the same one again and again. */
const KEPT = 32;
const RETRY_AFTER_SECONDS = 2;

export interface Drawing {
  /** Draws the same text once. @throws Problem `too-large-to-draw` if it takes too long, `busy` if too many wait */
  draw(dot: string): Promise<string>;
  /** Ends the thread; the drawing under way fails. */
  close(): Promise<void>;
}

type Answer = { readonly svg: string } | { readonly fault: string };

export function createDrawing({ limitMs = LIMIT_MS }: { readonly limitMs?: number } = {}): Drawing {
  const kept = new Lru<string, Promise<string>>(KEPT);
  const thread = createThread<string, Answer>({
    module: new URL('./graphviz-worker.mjs', import.meta.url),
    limitMs,
    late: () => new Problem('too-large-to-draw', tooSlow(limitMs)),
  });
  const turns = createRequestLimiter({
    places: 1,
    waiting: WAITING,
    what: 'drawings',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });

  async function render(dot: string): Promise<string> {
    const answer = await thread.ask(dot);
    if ('fault' in answer) throw new Error(`Graphviz rejected its input: ${answer.fault}`);
    return themed(answer.svg);
  }

  return {
    async draw(dot) {
      const drawn = kept.get(dot) ?? turns(() => render(dot));
      kept.set(dot, drawn);
      try {
        return await drawn;
      } catch (error) {
        if (kept.get(dot) === drawn) kept.delete(dot);
        throw error;
      }
    },
    close: thread.close,
  };
}

const tooSlow = (limitMs: number): string =>
  `Drawing takes longer than ${limitMs / 1000} seconds. Select a part with ?set= or ?name=, or choose another format.`;

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
