import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../../src/domain/event.js';
import { createEventRecorder, type ReconcilerEvent } from '../../../src/reconcile/status/event-recorder.js';
import { createLife, createWorld } from '../../sim/world.js';
import { definition } from '../../support/definition.js';

const MINUTE = 60_000;
const WINDOW = 10 * MINUTE;
const web = definition();
const other = definition({ uid: 'uid-other', name: 'other' });

const step = (message: string): ReconcilerEvent => ({ type: 'Step', reason: 'Start', message });
const ready = (status: 'True' | 'False'): ReconcilerEvent => ({
  type: 'ConditionChanged',
  reason: status === 'True' ? 'Running' : 'Stopped',
  message: `Ready is ${status}`,
  before: { Ready: status === 'True' ? 'False' : 'True' },
  after: { Ready: status },
});

/** A journal in a world of its own, and what it has stored. */
function begin() {
  const world = createWorld(1);
  const stored: NewEvent[] = [];
  const disk = { isFull: false };
  const journal = createEventRecorder({
    record: async (events) => {
      if (disk.isFull) throw new Error('the disk is full');
      stored.push(...events);
    },
    clock: createLife(world, (ms) => ms).clock,
    log: pino({ level: 'silent' }),
  });
  return {
    ...{ journal, stored, disk },
    messages: () => stored.map(({ message }) => message),
    pass: (ms: number) => world.runUntil(world.now + ms, () => undefined),
  };
}

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `n${from + i}`);

describe('the journal', () => {
  it('stores within a moment, together and in order, for the request that it was done for', async () => {
    const { journal, stored, messages, pass } = begin();
    journal.note(web, 'request-1', step('one'));
    journal.note(other, undefined, step('two'));
    expect(stored).toEqual([]);
    await pass(200);
    expect(messages()).toEqual(['one', 'two']);
    expect(stored[0]).toMatchObject({ container: 'web', uid: 'uid-web', by: 'berth', requestId: 'request-1' });
    expect(stored[1]).toMatchObject({ container: 'other', requestId: null, before: null, after: null });
  });

  it('records five of a kind, counts the rest, and tells the last of them when it has waited ten minutes', async () => {
    const { journal, messages, pass } = begin();
    for (const message of numbered(1, 8)) {
      journal.note(web, undefined, step(message));
      await pass(1_000);
    }
    expect(messages()).toEqual(numbered(1, 5));
    await pass(WINDOW);
    expect(messages()).toEqual([...numbered(1, 5), 'n8 (at 2026-01-01T00:00:07.000Z, and 2 earlier ones)']);
    await pass(48 * WINDOW);
    expect(messages()).toHaveLength(6);
  });

  it('counts each kind and each definition by itself', async () => {
    const { journal, messages, pass } = begin();
    for (const message of numbered(1, 5)) journal.note(web, undefined, step(message));
    journal.note(other, undefined, step('of another'));
    journal.note(web, undefined, { ...step('of another kind'), reason: 'Stop' });
    await pass(200);
    expect(messages()).toEqual([...numbered(1, 5), 'of another', 'of another kind']);
  });

  it.each([13, 14, 20, 21])('ends with how things are after a condition has changed %i times', async (times) => {
    const { journal, stored, pass } = begin();
    const status = (n: number) => (n % 2 === 1 ? 'False' : 'True');
    for (let n = 1; n <= times; n++) {
      journal.note(web, undefined, ready(status(n)));
      await pass(MINUTE / 2);
    }
    await pass(WINDOW);
    expect(stored.at(-1)).toMatchObject({ after: { Ready: status(times) } });
  });

  it('tells of two conditions that have the same reason by themselves', async () => {
    const { journal, stored, pass } = begin();
    const lacks = (condition: string): ReconcilerEvent => ({
      ...{ type: 'ConditionChanged', reason: 'SourceMissing', message: `${condition} is False` },
      after: { [condition]: 'False', reason: 'SourceMissing' },
    });
    for (let n = 1; n <= 6; n++) for (const one of ['Ready', 'LinksResolved']) journal.note(web, undefined, lacks(one));
    await pass(WINDOW + 200);
    expect(stored.slice(10).map(({ after }) => Object.keys(after ?? {})[0])).toEqual(['Ready', 'LinksResolved']);
  });

  it('tells what was passed over before anything that comes later of the same definition', async () => {
    const { journal, messages, pass } = begin();
    for (let n = 1; n <= 5; n++) journal.note(web, undefined, ready('False'));
    for (let n = 1; n <= 3; n++) journal.note(web, undefined, ready('True'));
    journal.note(web, undefined, ready('False'));
    journal.note(web, undefined, ready('True'));
    await pass(200);
    expect(messages().slice(-2)).toEqual(['Ready is False (at 2026-01-01T00:00:00.000Z)', 'Ready is True']);
    await pass(WINDOW);
    expect(messages().at(-1)).toBe('Ready is True');
  });

  it('tells of several kinds in the order in which they came last', async () => {
    const { journal, messages, pass } = begin();
    for (let n = 1; n <= 7; n++)
      for (const status of ['False', 'True'] as const) journal.note(web, undefined, ready(status));
    journal.note(web, undefined, ready('False'));
    await pass(WINDOW + 200);
    const when = 'at 2026-01-01T00:00:00.000Z, and';
    expect(messages().slice(10)).toEqual([
      `Ready is True (${when} 1 earlier one)`,
      `Ready is False (${when} 2 earlier ones)`,
    ]);
  });

  it('records a kind again as it comes once its time is over, with what was passed over before it', async () => {
    const { journal, messages, pass } = begin();
    for (const message of numbered(1, 5)) journal.note(web, undefined, step(message));
    await pass(9 * MINUTE);
    journal.note(web, undefined, step('n6'));
    await pass(2 * MINUTE);
    expect(messages()).toEqual(numbered(1, 5));
    journal.note(web, undefined, step('n7'));
    await pass(WINDOW);
    expect(messages().slice(5)).toEqual(['n6 (at 2026-01-01T00:09:00.000Z)', 'n7']);
  });

  it('tells what was passed over when a client has changed the definition, and counts anew', async () => {
    const { journal, messages, pass } = begin();
    for (const message of numbered(1, 6)) journal.note(web, undefined, step(message));
    journal.forget(web.uid);
    journal.note(web, undefined, step('n7'));
    await pass(200);
    expect(messages().slice(5)).toEqual(['n6 (at 2026-01-01T00:00:00.000Z)', 'n7']);
  });

  it('tells what was passed over of one that goes, before that is stored, and nothing of the others', async () => {
    const { journal, messages } = begin();
    for (const message of numbered(1, 6)) journal.note(web, undefined, step(message));
    for (const message of numbered(1, 6)) journal.note(other, undefined, step(message));
    await journal.flush(web.uid);
    expect(messages()).toEqual([...numbered(1, 5), ...numbered(1, 5), 'n6 (at 2026-01-01T00:00:00.000Z)']);
    await journal.flush();
    expect(messages()).toHaveLength(12);
  });

  it('tells what was passed over at a graceful stop, and stores nothing after', async () => {
    const { journal, messages, pass } = begin();
    for (const message of numbered(1, 7)) journal.note(web, undefined, step(message));
    await journal.stop();
    const told = [...numbered(1, 5), 'n7 (at 2026-01-01T00:00:00.000Z, and 1 earlier one)'];
    expect(messages()).toEqual(told);
    journal.note(other, undefined, step('late'));
    await pass(2 * WINDOW);
    expect(messages()).toEqual(told);
  });

  it('keeps what could not be stored, and says how many were lost where they were too many', async () => {
    const { journal, messages, disk, pass } = begin();
    disk.isFull = true;
    journal.note(web, undefined, step('first'));
    await pass(MINUTE);
    disk.isFull = false;
    await pass(MINUTE);
    expect(messages()).toEqual(['first']);
    disk.isFull = true;
    for (let n = 1; n <= 10_002; n++) journal.note(definition({ uid: `uid-${n}` }), undefined, step(`s${n}`));
    await pass(MINUTE);
    disk.isFull = false;
    await pass(MINUTE);
    expect(messages()).toHaveLength(10_001);
    expect(messages()[1]).toBe('s3 (2 earlier events were dropped because the queue was full)');
    expect(messages().at(-1)).toBe('s10002');
  });
});

it('what was passed over is told when its definition is forgotten', async () => {
  const { journal, messages, pass } = begin();
  for (const message of numbered(1, 8)) journal.note(web, undefined, step(message));
  await pass(200);
  expect(messages()).toEqual(numbered(1, 5));
  journal.forget(web.uid);
  await pass(200);
  expect(messages().at(-1)).toMatch(/^n8 /);
});
