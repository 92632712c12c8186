/** A thousand watchers against one: every event to all, and what they cost. */

import { type Row, timed } from '../figures.js';
import { COLLECTABLE, memoryOf, startServer, within } from '../server.js';

const WATCHERS = 1_000;
const ROUNDS = 5;

/** Follows the events; `next` resolves at the one with this text in it. */
async function watch(url: string, headers: Readonly<Record<string, string>>) {
  const end = new AbortController();
  const answer = await fetch(`${url}/v1/events`, {
    headers: { ...headers, accept: 'text/event-stream' },
    signal: end.signal,
  });
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  return {
    async next(text: string): Promise<void> {
      for (let seen = ''; !seen.includes(text); ) {
        const { done, value } = await reader.read();
        if (done) throw new Error('the stream has ended');
        seen += decoder.decode(value, { stream: true });
      }
    },
    end: () => end.abort(),
  };
}

export async function watcherRows(): Promise<readonly Row[]> {
  const server = await startServer(undefined, 'info', COLLECTABLE);
  try {
    const names: string[] = [];
    const told = async (watchers: readonly { next(text: string): Promise<void> }[]): Promise<number> => {
      const name = `bench-told-${names.length}`;
      names.push(name);
      const all = Promise.all(watchers.map((one) => one.next(name)));
      return timed(async () => {
        await server.send('PUT', `/v1/containers/${name}`, { image: 'webapp' });
        await within(all, `an event to ${watchers.length} watchers`);
      });
    };
    const first = await watch(server.url, server.headers);
    for (let n = 0; n < 75; n++) await told([first]);
    const one: number[] = [];
    for (let round = 0; round < ROUNDS; round++) one.push(await told([first]));
    const watchers = await Promise.all(Array.from({ length: WATCHERS }, () => watch(server.url, server.headers)));
    const after = async (events: number): Promise<number> => {
      for (let n = 0; n < events; n++) await told(watchers);
      return memoryOf(server);
    };
    const before = await after(50);
    const all: number[] = [];
    for (let round = 0; round < ROUNDS; round++) all.push(await told(watchers));
    const grown: number[] = [];
    for (let round = 0; round < ROUNDS; round++) grown.push((await after(50)) / before);
    for (const watcher of [first, ...watchers]) watcher.end();
    return [
      {
        what: `an event to ${WATCHERS} watchers, until the last has it`,
        unit: 'ms',
        ours: all,
        peer: 'one watcher',
        theirs: one,
        toReach: { atMost: WATCHERS / 10 },
      },
      {
        what: `memory with ${WATCHERS} watchers after fifty to 250 events more, against before`,
        unit: '×',
        ours: grown,
        peer: 'before',
        toReach: { atMost: 1.1 },
      },
    ];
  } finally {
    await server.stop();
  }
}
