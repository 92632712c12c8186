/** A server that receives what webhooks send. */

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
  readonly body: string;
}

export interface Receiver {
  readonly port: number;
  readonly url: string;
  /** In the order in which they arrived. */
  readonly received: Received[];
  /** Sets how it answers from now on. */
  answer(how: (received: Received, reply: ServerResponse) => void): void;
  close(): Promise<void>;
}

/** Starts a receiver on loopback that accepts everything. @param port by default a free one */
export async function startReceiver(port = 0): Promise<Receiver> {
  const received: Received[] = [];
  let how = (_: Received, reply: ServerResponse): void => void reply.writeHead(204).end();
  const server = createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const one = { headers: request.headers, path: request.url ?? '', body };
      received.push(one);
      how(one, reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    ...{ port: own, url: `http://127.0.0.1:${own}/hook`, received },
    answer(other) {
      how = other;
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
