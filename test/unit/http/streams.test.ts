import { EventEmitter } from 'node:events';
import Fastify, { type FastifyReply } from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

  it('that had closed before it was held is over at once, and takes no room', () => {
    const streams = openStreams(Fastify() as never);
    for (let i = 0; i < 2_001; i++) {
      const { reply, raw } = answerTo('a');
      raw.destroyed = true;
      expect(streams.hold(reply).aborted).toBe(true);
    }
  });
});

describe('an answer to a token that expires', () => {
  const expiring = (inMs: number) => {
    const answer = answerTo('a');
    Object.assign(answer.reply.request.principal, { expiresAt: new Date(Date.now() + inMs) });
    return answer;
  };
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('ends with it, and not before, also where that is later than a timer can be set to', () => {
    const days = 60 * 24 * 3_600_000;
    const signal = openStreams(Fastify() as never).hold(expiring(days).reply);
    vi.advanceTimersByTime(days - 1_000);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(signal.aborted).toBe(true);
  });

  it('leaves no timer behind once it is over', () => {
    const { reply, raw } = expiring(3_600_000);
    openStreams(Fastify() as never).hold(reply);
    expect(vi.getTimerCount()).toBe(1);
    raw.emit('close');
    expect(vi.getTimerCount()).toBe(0);
  });
});
