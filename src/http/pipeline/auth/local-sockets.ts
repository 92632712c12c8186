import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';

const local = new WeakSet<Socket>();

/** Marks the connections of a server on a Unix socket: the mode of its file is their guard. */
export function trustUnixSocket(server: Server): void {
  server.on('connection', (socket) => local.add(socket));
}

export const isFromUnixSocket = ({ raw }: FastifyRequest): boolean => local.has(raw.socket);
