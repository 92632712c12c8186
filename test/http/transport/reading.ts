/** How the tests of the transport read answers that go on. */

import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';

/** Events as a browser's EventSource reads them: HTML standard, section 9.2.6. */
export function readEvents(text: string): readonly (readonly [event: string, data: string])[] {
  const events: (readonly [string, string])[] = [];
  for (const block of text.split('\n\n')) {
    const fields = block.split(/\r\n|\r|\n/).map((line) => /^([a-z]*):? ?(.*)$/s.exec(line));
    const data = fields.filter((field) => field?.[1] === 'data').map((field) => field?.[2] ?? '');
    const event = fields.findLast((field) => field?.[1] === 'event')?.[2] ?? 'message';
    if (data.length > 0) events.push([event, data.join('\n')]);
  }
  return events;
}

/** For supertest: the body as text, whatever its type. */
export function asText(response: unknown, done: (error: Error | null, text: string) => void): void {
  let text = '';
  const stream = response as IncomingMessage;
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text += chunk;
  });
  stream.on('end', () => done(null, text));
}

/** An answer of which nothing is read yet. */
export const open = (url: string, accept: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { accept }, agent: false }, resolve).on('error', reject);
  });

/** A connection over which bytes go as they are written. */
export interface Wire {
  readonly socket: Socket;
  /** Waits until what came back so far is like this. @throws Error when it has ended before */
  seen(pattern: RegExp): Promise<void>;
  /** @returns what came back, when the other side has ended the connection */
  ended(): Promise<string>;
}

/** Connects to a port of loopback or to a Unix socket, and writes. */
export function wire(at: number | string, bytes: string): Wire {
  const socket = typeof at === 'string' ? connect(at) : connect(at, '127.0.0.1');
  let answer = '';
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  socket.setEncoding('latin1');
  socket.on('data', (text) => {
    answer += text;
  });
  // A connection that is reset has ended as well.
  socket.on('error', () => {});
  socket.write(bytes);
  return {
    socket,
    async seen(pattern) {
      while (!pattern.test(answer)) {
        if (socket.destroyed) throw new Error(`ended after ${JSON.stringify(answer)}`);
        await Promise.race([once(socket, 'data'), closed]);
      }
    },
    async ended() {
      await closed;
      return answer;
    },
  };
}
