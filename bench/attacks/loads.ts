/** The attacks: each runs on its own connections until it is stopped. */

import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Target } from './target.js';

/** Keeps so many connections busy until the signal is aborted. */
export type Load = (target: Target, connections: number, signal: AbortSignal) => Promise<void>;

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const each = (connections: number, work: () => Promise<void>): Promise<void> =>
  Promise.all(Array.from({ length: connections }, work)).then(() => undefined);

/** Sends a request again and again, and consumes every response. */
export const repeated =
  (...asked: readonly Asked[]): Load =>
  async (target, connections, signal) => {
    const agent = new Agent({ keepAlive: true });
    let turn = 0;
    await each(connections, async () => {
      while (!signal.aborted) await send(target, asked[turn++ % asked.length] as Asked, agent);
    });
    agent.destroy();
  };

function send(target: Target, { method, path, headers, body }: Asked, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const all = { ...target.headers, ...headers };
    const sent = request(`${target.url}${path}`, { agent, method, headers: all }, (response) => {
      const { statusCode = 0 } = response;
      // What is refused as too much is no fault of the attack.
      if (statusCode >= 400 && ![409, 429, 503].includes(statusCode)) reject(new Error(`${path}: ${statusCode}`));
      response.resume().on('end', resolve).on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}

/** Writes requests in one piece on each connection; `isRead` says whether the responses are read. A connection that was closed is opened again. */
export const pipelined =
  (
    path: string,
    count: number,
    { isRead, headers = '' }: { readonly isRead: boolean; readonly headers?: string },
  ): Load =>
  async (target, connections, signal) => {
    const { hostname, port } = new URL(target.url);
    const token = headers === NO_TOKEN ? '' : `authorization: ${target.headers['authorization']}\r\n${headers}`;
    const bytes = `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${token}\r\n`.repeat(count);
    await each(connections, async () => {
      while (!signal.aborted) await once(connect(Number(port), hostname), bytes, isRead, signal);
    });
  };

export const NO_TOKEN = 'none';

function once(socket: Socket, bytes: string, isRead: boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => void socket.destroy();
    signal.addEventListener('abort', end);
    socket.once('close', () => {
      signal.removeEventListener('abort', end);
      resolve();
    });
    // The server closes connections: that is its answer to an attack.
    socket.on('error', end);
    const more = (): void => void socket.write(bytes, () => isRead && !socket.destroyed && more());
    more();
    if (isRead) socket.resume();
  });
}
