/** Which requests of a connection are not over: more than one where they are pipelined. */

import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';

const underWay = new WeakMap<Socket, Set<FastifyReply>>();

/** Answered to the end, and asked to the end: a body may still arrive that nobody waited for. */
const isOver = ({ raw, request }: FastifyReply): boolean => raw.closed && request.raw.complete;

/** In the order in which their requests came. */
export const repliesUnderWay = (socket: Socket): readonly FastifyReply[] =>
  [...(underWay.get(socket) ?? [])].filter((reply) => !isOver(reply));

/** Counts a request as under way. @param closed called once, when its answer was written, or can't be any more */
export function beginReply(reply: FastifyReply, closed: (reply: FastifyReply) => void): void {
  const { raw, request } = reply;
  const { socket } = request.raw;
  const replies = repliesOf(socket);
  for (const earlier of replies) if (isOver(earlier)) replies.delete(earlier);
  replies.add(reply);
  raw.on('close', () => {
    if (request.raw.complete) replies.delete(reply);
    closed(reply);
  });
}

function repliesOf(socket: Socket): Set<FastifyReply> {
  const known = underWay.get(socket);
  if (known !== undefined) return known;
  const replies = new Set<FastifyReply>();
  underWay.set(socket, replies);
  socket.once('close', closeWaiting);
  // Once asked, Node knows it also when the connection has closed.
  void socket.remoteAddress;
  return replies;
}

/** Of an answer that waits behind another one, Node does not tell that its connection has closed. */
function closeWaiting(this: Socket): void {
  for (const { raw } of repliesUnderWay(this)) {
    if (raw.socket !== null || raw.closed) continue;
    raw.destroy();
    raw.emit('close');
  }
}
