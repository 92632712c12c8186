import { once } from 'node:events';
import { existsSync, statSync, unlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { trustUnixSocket } from './gate.js';
import { LEFT_TO_US } from './node-refusals.js';

/** Only its owner may open it. */
const UMASK = 0o177;

/**
 * Serves an app on a Unix socket as well, without a token: the mode of its file is the guard.
 *
 * @throws Error with a sentence for a person when it can't be made there
 */
export async function listenOnSocket(app: FastifyInstance, file: string): Promise<Server> {
  // What a server that was killed has left: that there is no other is what the lock of the data folder says.
  if (existsSync(file)) {
    if (!statSync(file).isSocket()) throw new Error(`${file} is there and no socket: remove it, or set BERTH_SOCKET`);
    unlinkSync(file);
  }
  const { requestTimeout, headersTimeout, keepAliveTimeout } = app.server;
  const server = createServer(LEFT_TO_US, (request, response) => app.routing(request, response));
  Object.assign(server, { requestTimeout, headersTimeout, keepAliveTimeout });
  for (const listener of app.server.listeners('clientError')) server.on('clientError', listener as never);
  trustUnixSocket(server);
  const before = process.umask(UMASK);
  try {
    // The file is made before this returns, and so with the mask of now.
    server.listen(file);
  } finally {
    process.umask(before);
  }
  await once(server, 'listening').catch((error: Error) => {
    throw new Error(
      `the Unix socket ${file} can't be made (${error.message}): set BERTH_SOCKET to another path, or to off`,
    );
  });
  return server;
}
