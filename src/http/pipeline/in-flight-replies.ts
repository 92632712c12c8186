/** Tracks the unfinished requests of a connection: there may be several if they are pipelined. */

import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';

const underWay = new WeakMap<Socket, Set<FastifyReply>>();

/** True if the response is sent and the request is read to its end: a body may still arrive after its response. */
const isOver = ({ raw, request }: FastifyReply): boolean => raw.closed && request.raw.complete;

/** Returns the unfinished replies in the order of their requests. */
export const repliesUnderWay = (socket: Socket): readonly FastifyReply[] =>
  [...(underWay.get(socket) ?? [])].filter((reply) => !isOver(reply));

/** Counts a request as under way. @param closed called once, when its answer was written, or can't be any more */
export function beginReply(reply: FastifyReply, closed: (reply: FastifyReply) => void): void {
  const { raw, request } = reply;
  const { socket } = request.raw;
  const replies = repliesOf(socket);
  replies.add(reply);
  raw.on('close', () => {
    // A body may still arrive after its response.
    if (request.raw.complete) replies.delete(reply);
    else request.raw.once('end', () => replies.delete(reply));
    closed(reply);
  });
}

function repliesOf(socket: Socket): Set<FastifyReply> {
  const known = underWay.get(socket);
  if (known !== undefined) return known;
  const replies = new Set<FastifyReply>();
  underWay.set(socket, replies);
  socket.once('close', closeWaiting);
  // Node caches the address once it is read, so that it is known after the connection has closed.
  void socket.remoteAddress;
  return replies;
}

/**
 * Closes the replies that wait behind another one, since Node does not report to them that their connection has closed.
 */
function closeWaiting(this: Socket): void {
  for (const { raw } of repliesUnderWay(this)) {
    if (raw.socket !== null || raw.closed) continue;
    raw.destroy();
    raw.emit('close');
  }
}
