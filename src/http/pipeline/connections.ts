/**
 * Bounds what clients can take up, however little they read: the requests of one connection are worked on one after the
 * other, the bytes and requests that wait in memory are counted, and so are the connections.
 */

import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';

export interface ConnectionLimits {
  /** Connections of one address at once; those of the Unix socket count as one address. */
  readonly perAddress: number;
  /** Connections at once. */
  readonly all: number;
  /** Requests, of all connections, that wait for the response before theirs. */
  readonly waitingRequests: number;
  /** Bytes of responses that are written and not taken by their clients, of all connections. */
  readonly queuedBytes: number;
  /** A response of which a client takes nothing for so long ends its connection, in milliseconds. */
  readonly stuckMs: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  // Above the streams that one token may hold (streams.ts).
  perAddress: 2_048,
  all: 4_096,
  waitingRequests: 10_240,
  queuedBytes: 128 * 2 ** 20,
  stuckMs: 60_000,
};

/** File descriptors for all but clients: the database and its copies, the engine, threads, the log. */
const OWN_DESCRIPTORS = 96;
/** Connections that there may be however few file descriptors there are. */
const FEWEST = 8;

/**
 * Limits for a process that may have so many file descriptors. A client may cost two: its connection, and one to the
 * engine. Without one left, the kernel refuses connections, and the database and the engine can't be reached either.
 */
export function limitsFor(descriptors: number): ConnectionLimits {
  const most = Math.max(FEWEST, Math.floor((descriptors - OWN_DESCRIPTORS) / 2));
  const { all, perAddress } = CONNECTION_LIMITS;
  return { ...CONNECTION_LIMITS, all: Math.min(all, most), perAddress: Math.min(perAddress, most) };
}

/** Requests that may wait on one connection before it is read no further. */
const READ_AHEAD = 32;

/** One connection and its requests. */
interface Connection {
  readonly socket: Socket;
  readonly address: string;
  /** The response that is being worked on or sent. */
  current: ServerResponse | null;
  /** Begins the next requests, in the order in which they came. */
  readonly waiting: (() => void)[];
  /** Bytes of a complete response that the client has not taken. */
  queued: number;
}

/** Present use of connections and memory. */
interface ConnectionUse {
  readonly connections: number;
  /** Number of addresses that the connections come from. */
  readonly addresses: number;
  readonly waitingRequests: number;
  readonly queuedBytes: number;
}

interface Connections {
  /** Calls `begin` when the client has taken every response before this one; never if the connection closes before. */
  enter(socket: Socket, response: ServerResponse, begin: () => void): void;
  /** Counts the connections of a server, and refuses those that are too many. */
  watch(server: Server): void;
  use(): ConnectionUse;
}

const byServer = new WeakMap<object, Connections>();

/** Bounds an app. To be called before any other hook is added, so that a request that waits has cost nothing yet. */
export function boundConnections(app: FastifyInstance, limits: ConnectionLimits): void {
  const connections = createConnections(limits, app.log);
  byServer.set(app.server, connections);
  connections.watch(app.server);
  app.addHook('onRequest', (request, reply, done) => connections.enter(request.raw.socket, reply.raw, done));
}

/** Counts the connections of another server of the same app. */
export const watchConnections = (app: FastifyInstance, server: Server): void => byServer.get(app.server)?.watch(server);

export const connectionUse = (app: FastifyInstance): ConnectionUse =>
  byServer.get(app.server)?.use() ?? { connections: 0, addresses: 0, waitingRequests: 0, queuedBytes: 0 };

function createConnections(limits: ConnectionLimits, log: FastifyBaseLogger): Connections {
  const all = new Map<Socket, Connection>();
  const byAddress = new Map<string, Set<Connection>>();
  /** Connections whose client leaves a response untaken, the oldest first. */
  const untaken = new Set<Connection>();
  let waitingRequests = 0;
  let queuedBytes = 0;

  function open(socket: Socket): Connection {
    const known = all.get(socket);
    if (known !== undefined) return known;
    const address = socket.remoteAddress ?? 'unix';
    const connection: Connection = { socket, address, current: null, waiting: [], queued: 0 };
    all.set(socket, connection);
    byAddress.set(address, (byAddress.get(address) ?? new Set()).add(connection));
    socket.once('close', () => forget(connection));
    // Node.js resumes a socket at the end of every request that it reads.
    socket.on('resume', () => pauseAhead(connection));
    return connection;
  }

  function pauseAhead({ socket, waiting }: Connection): void {
    if (waiting.length >= READ_AHEAD) socket.pause();
  }

  function forget(connection: Connection): void {
    const { socket, address, waiting } = connection;
    if (!all.delete(socket)) return;
    waitingRequests -= waiting.length;
    waiting.length = 0;
    setQueued(connection, 0);
    const others = byAddress.get(address);
    others?.delete(connection);
    if (others?.size === 0) byAddress.delete(address);
  }

  function end(connection: Connection, why: string): void {
    const { socket, address, waiting, queued } = connection;
    log.warn({ remoteAddress: address, waitingRequests: waiting.length, queuedBytes: queued }, why);
    // Forgets it now, not when the socket reports its close, so that its share is free for the next one.
    forget(connection);
    socket.destroy();
  }

  function setQueued(connection: Connection, bytes: number): void {
    queuedBytes += bytes - connection.queued;
    connection.queued = bytes;
    if (bytes === 0) untaken.delete(connection);
    else untaken.add(connection);
  }

  function begin(connection: Connection, response: ServerResponse, start: () => void): void {
    connection.current = response;
    // The whole response is handed over; the part that the kernel does not take is in our memory.
    response.once('prefinish', () => {
      const { writableLength } = connection.socket;
      if (!(writableLength > 0) || !all.has(connection.socket)) return;
      setQueued(connection, writableLength);
      response.setTimeout(limits.stuckMs, () => {
        if (connection.socket.writableLength > 0)
          end(connection, "closed a connection: its client doesn't read the response");
      });
      while (queuedBytes > limits.queuedBytes) {
        const [oldest] = untaken;
        if (oldest === undefined) break;
        end(oldest, 'closed the slowest connection: too much unsent response data');
      }
    });
    response.once('close', () => {
      connection.current = null;
      setQueued(connection, 0);
      next(connection);
    });
    start();
  }

  function next(connection: Connection): void {
    const start = connection.waiting.shift();
    if (start === undefined) return;
    waitingRequests--;
    if (connection.waiting.length === 0) connection.socket.resume();
    start();
  }

  /** Makes room for a connection among these. @returns false where all of them are in use */
  function makeRoom(among: Iterable<Connection>): boolean {
    let slow: Connection | undefined;
    for (const connection of among) {
      if (connection.current === null && connection.waiting.length === 0) {
        end(connection, 'closed the oldest idle connection: too many connections');
        return true;
      }
      if (slow === undefined && connection.queued > 0) slow = connection;
    }
    if (slow !== undefined) end(slow, 'closed a slow connection: too many connections');
    return slow !== undefined;
  }

  /** The address with the most connections. */
  const busiest = (): Iterable<Connection> =>
    [...byAddress.values()].reduce((most, one) => (one.size > most.size ? one : most), new Set<Connection>());

  return {
    enter(socket, response, start) {
      // Node reads received data to its end, even if the connection was closed meanwhile.
      if (socket.destroyed) return;
      const connection = open(socket);
      if (connection.current === null) {
        begin(connection, response, start);
        return;
      }
      connection.waiting.push(() => begin(connection, response, start));
      waitingRequests++;
      pauseAhead(connection);
      if (waitingRequests <= limits.waitingRequests) return;
      let most = connection;
      for (const other of all.values()) if (other.waiting.length > most.waiting.length) most = other;
      end(most, 'closed the connection with the most waiting requests: too many connections');
    },
    watch(server) {
      const isTls = server instanceof TlsServer;
      // Connections in their TLS handshake are in no other count.
      if (isTls) server.maxConnections = limits.all;
      server.on(isTls ? 'secureConnection' : 'connection', (socket: Socket) => {
        const own = byAddress.get(socket.remoteAddress ?? 'unix');
        const isRoom =
          own !== undefined && own.size >= limits.perAddress
            ? makeRoom(own)
            : all.size < limits.all || makeRoom(busiest());
        if (isRoom) {
          open(socket);
          return;
        }
        log.warn({ remoteAddress: socket.remoteAddress }, 'refused a connection: too many connections');
        socket.destroy();
      });
    },
    use: () => ({ connections: all.size, addresses: byAddress.size, waitingRequests, queuedBytes }),
  };
}
