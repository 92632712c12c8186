/** How these tests read answers that go on. */

import { readdirSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { eventually } from '../support.js';

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Heard {
  readonly event: string;
  readonly data: string;
}

export interface Following {
  readonly status: number;
  /** What came so far. */
  readonly heard: readonly Heard[];
  /** The data of the events of this name. */
  of(event: string): readonly string[];
  /** Waits for the answer to end as a whole one. Rejects when it is cut. */
  readonly end: Promise<void>;
  /** Goes, as a client does that is closed. */
  leave(): void;
}

/** Reads server-sent events (HTML standard, section 9.2.6) until they end or this client leaves. */
export async function follow(url: string, sent: Sent = {}): Promise<Following> {
  const answer = await open(url, { ...sent, headers: { accept: 'text/event-stream', ...sent.headers } });
  const heard: Heard[] = [];
  const end = (async () => {
    let text = '';
    for await (const chunk of answer.setEncoding('utf8')) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = block.split('\n');
        const event = fields.find((field) => field.startsWith('event: '))?.slice(7);
        const data = fields.filter((field) => field.startsWith('data: ')).map((field) => field.slice(6));
        if (event !== undefined) heard.push({ event, data: data.join('\n') });
      }
    }
  })();
  // It is told to who waits for the end.
  end.catch(() => undefined);
  return {
    status: answer.statusCode ?? 0,
    heard,
    of: (event) => heard.filter((one) => one.event === event).map(({ data }) => data),
    end,
    leave: () => answer.destroy(),
  };
}

/** An answer of which nothing is read yet, on a connection of its own. */
export function open(url: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, resolve).on('error', reject).end(body);
  });
}

export const post = (body: object): Sent => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The descriptors of this process, the server's connections among them. */
export const descriptors = (): number => readdirSync('/proc/self/fd').length;

/** Waits until this process has no more descriptors than it had. */
export const noMoreThan = (before: number): Promise<void> =>
  eventually(() => {
    const now = descriptors();
    if (now > before) throw new Error(`${now} descriptors are open, ${before} were before`);
  });
