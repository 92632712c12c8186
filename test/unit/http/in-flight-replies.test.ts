import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import { expect, it } from 'vitest';
import { beginReply, repliesUnderWay } from '../../../src/http/pipeline/in-flight-replies.js';

/** A reply on a socket, of a request that was read to its end or not; `looks` counts how often it is asked. */
function replyOn(socket: Socket, isComplete = true) {
  let [looks, isClosed] = [0, false];
  const incoming = Object.assign(new EventEmitter(), { socket, complete: isComplete });
  const raw = Object.assign(new EventEmitter(), { socket });
  Object.defineProperty(raw, 'closed', {
    get() {
      looks++;
      return isClosed;
    },
  });
  const close = (): void => {
    isClosed = true;
    raw.emit('close');
  };
  return { reply: { raw, request: { raw: incoming } } as unknown as FastifyReply, incoming, close, looks: () => looks };
}

const socketOf = () => new EventEmitter() as Socket;

it('a request looks at none of those that its client has sent before it', () => {
  const socket = socketOf();
  const replies = Array.from({ length: 1_000 }, () => replyOn(socket));
  for (const { reply } of replies) beginReply(reply, () => undefined);
  expect(replies.reduce((sum, { looks }) => sum + looks(), 0)).toBe(0);
  expect(repliesUnderWay(socket)).toHaveLength(1_000);
});

it('a request is under way until its response is sent and its body is read', () => {
  const socket = socketOf();
  const [whole, unread] = [replyOn(socket), replyOn(socket, false)];
  const closed: FastifyReply[] = [];
  for (const { reply } of [whole, unread]) beginReply(reply, (one) => closed.push(one));
  whole.close();
  unread.close();
  expect(closed).toEqual([whole.reply, unread.reply]);
  expect(repliesUnderWay(socket)).toEqual([unread.reply]);
  unread.incoming.complete = true;
  unread.incoming.emit('end');
  expect(repliesUnderWay(socket)).toEqual([]);
});
