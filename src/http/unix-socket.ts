import { once } from 'node:events';
import { lstatSync, unlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { trustUnixSocket } from './pipeline/auth/local-sockets.js';
import { watchConnections } from './pipeline/connections.js';
import { SERVER, takeAsWeDo } from './pipeline/raw-http-errors.js';

/** Mask of the file mode: only the owner may open the socket. */
const UMASK = 0o177;

/**
 * Longest path of a socket: the kernel cuts longer ones silently, and the socket is elsewhere then. Rule: unix(7),
 * `sun_path` and its end.
 */
const LONGEST_PATH_BYTES = 107;

/**
 * Serves an app on a Unix socket as well, without a token: the mode of its file is the guard.
 *
 * @throws Error with a sentence for a person when it can't be made there
 */
export async function listenOnSocket(app: FastifyInstance, file: string): Promise<Server> {
  if (Buffer.byteLength(file) > LONGEST_PATH_BYTES) {
    const why = `the path is longer than ${LONGEST_PATH_BYTES} bytes`;
    throw new Error(`the Unix socket ${file} can't be created (${why}): set BERTH_SOCKET to a shorter path, or to off`);
  }
  await removeLeft(file);
  const { requestTimeout, headersTimeout, keepAliveTimeout } = app.server;
  const server = createServer(SERVER, (request, response) => app.routing(request, response));
  Object.assign(server, { requestTimeout, headersTimeout, keepAliveTimeout });
  for (const listener of app.server.listeners('clientError'))
    server.on('clientError', listener as (...args: unknown[]) => void);
  takeAsWeDo(server);
  trustUnixSocket(server);
  watchConnections(app, server);
  const before = process.umask(UMASK);
  try {
    // Creates the file before it returns, and so with the present mask.
    server.listen(file);
  } finally {
    process.umask(before);
  }
  await once(server, 'listening').catch((error: Error) => {
    throw new Error(
      `the Unix socket ${file} can't be created (${error.message}): set BERTH_SOCKET to another path, or to off`,
    );
  });
  return server;
}

/**
 * Removes the socket file of a server that was killed. If a server answers there, the file is in use, perhaps by the
 * engine: then it stays.
 */
async function removeLeft(file: string): Promise<void> {
  const there = lstatSync(file, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (!there.isSocket())
    throw new Error(`${file} exists and is not a socket: remove it, or set BERTH_SOCKET to another path`);
  const client = connect(file);
  const refusal = await once(client, 'connect').then(
    () => 'answered',
    (error: NodeJS.ErrnoException) => error.code,
  );
  client.destroy();
  if (refusal !== 'ECONNREFUSED') {
    throw new Error(`another server uses the Unix socket ${file}: stop it, or set BERTH_SOCKET to another path`);
  }
  unlinkSync(file);
}
