import { EventEmitter } from 'node:events';
import Fastify, { type FastifyReply } from 'fastify';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/problems/problem.js';
import { openStreams } from '../../../src/http/protocol/streaming.js';

/** An answer to a caller, whose connection can be closed. */
function answerTo(id: string) {
  const raw = Object.assign(new EventEmitter(), { destroyed: false });
  const request = { principal: { id, name: id, role: 'viewer' }, raw: { socket: new EventEmitter() } };
  return { reply: { request, raw } as unknown as FastifyReply, raw, socket: request.raw.socket };
}

describe('answers that are held open', () => {
  it('are 2,000 for one caller and 4,000 in all; one that ends, told once or twice, makes room for one', () => {
    const streams = openStreams(Fastify() as never);
    const hold = (id: string) => {
      const answer = answerTo(id);
      return { ...answer, signal: streams.hold(answer.reply) };
    };
    const held = Array.from({ length: 2_000 }, () => hold('a'));
    expect(() => hold('a')).toThrowError(/The token a has 2000/);
    for (let i = 0; i < 2_000; i++) hold('b');
    expect(() => hold('c')).toThrowError(Problem);
    const [first] = held;
    first?.raw.emit('close');
    first?.socket.emit('close');
    expect(first?.signal.aborted).toBe(true);
    hold('c');
    expect(() => hold('c')).toThrowError(/All clients together have 4000/);
  });

  it('end with all others of their caller, and of nobody else', () => {
    const streams = openStreams(Fastify() as never);
    const [a, b] = [answerTo('a'), answerTo('b')].map(({ reply }) => streams.hold(reply));
    streams.end('a');
    expect([a?.aborted, b?.aborted]).toEqual([true, false]);
  });
});
