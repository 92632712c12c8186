/** Server-sent events, as the HTML standard frames them. */

export interface ServerEvent {
  /** Id that a client sends as Last-Event-ID when it reconnects. */
  readonly id?: string;
  readonly event: string;
  readonly data: string;
}

const oneLine = (text: string): string => text.replace(/[\r\n\0]/g, '');

/** Renders an event as text. It stays one event, whatever its data holds. */
export function eventText({ id, event, data }: ServerEvent): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  const first = id === undefined ? '' : `id: ${oneLine(id)}\n`;
  return `${first}event: ${oneLine(event)}\n${lines.join('')}\n`;
}

/** Returns an event that only moves `Last-Event-ID`: clients dispatch nothing. */
export const placeText = (id: string): string => `id: ${oneLine(id)}\n\n`;

/** Comment that keeps a silent connection from looking dead. */
export const HEARTBEAT = ': \n\n';

/** Delay until a client reconnects, as a `retry` field. */
export const RETRY = 'retry: 3000\n\n';

/** Yields {@link RETRY}, then the events, and a heartbeat after each silence. */
export async function* eventStream(texts: AsyncIterable<string>, heartbeatMs: number): AsyncGenerator<string> {
  yield RETRY;
  const source = texts[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = source.next();
      while ((await firstOf(next, heartbeatMs)) === 'silence') yield HEARTBEAT;
      const { done, value } = await next;
      if (done) return;
      yield value;
    }
  } finally {
    await source.return?.();
  }
}

async function firstOf(next: Promise<unknown>, ms: number): Promise<'next' | 'silence'> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'silence'>((resolve) => {
    timer = setTimeout(() => resolve('silence'), ms);
  });
  try {
    return await Promise.race([next.then(() => 'next' as const), silence]);
  } finally {
    clearTimeout(timer);
  }
}
