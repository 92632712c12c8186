/** Validators and serialisers made before the first requests. */

import { expect, it, vi } from 'vitest';
import { createAhead } from '../../../src/http/openapi/ahead.js';

function setUp() {
  const turns: (() => void)[] = [];
  const made: string[] = [];
  const ahead = createAhead((call) => turns.push(call));
  const add = (name: string) => ahead.add(() => made.push(name));
  const turn = () => {
    for (const call of turns.splice(0)) call();
  };
  return { ahead, add, turn, made };
}

it('is made from the beginning on, one piece in each turn', () => {
  const { ahead, add, turn, made } = setUp();
  add('a');
  add('b');
  turn();
  expect(made).toEqual([]);
  ahead.begin();
  turn();
  expect(made).toEqual(['a']);
  turn();
  expect(made).toEqual(['a', 'b']);
});

it('includes what is added while pieces are made, and once all were', () => {
  const { ahead, add, turn, made } = setUp();
  add('a');
  ahead.begin();
  add('b');
  for (let at = 0; at < 4; at++) turn();
  add('c');
  for (let at = 0; at < 2; at++) turn();
  expect(made).toEqual(['a', 'b', 'c']);
});

it('is made once, however often it begins', () => {
  const { ahead, add, turn, made } = setUp();
  add('a');
  add('b');
  ahead.begin();
  ahead.begin();
  turn();
  expect(made).toEqual(['a']);
});

it('is not made after the end', () => {
  const { ahead, add, turn, made } = setUp();
  add('a');
  add('b');
  ahead.begin();
  turn();
  ahead.end();
  add('c');
  ahead.begin();
  for (let at = 0; at < 3; at++) turn();
  expect(made).toEqual(['a']);
});

it('takes turns of the event loop by default', async () => {
  const ahead = createAhead();
  const make = vi.fn();
  ahead.add(make);
  ahead.begin();
  expect(make).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(make).toHaveBeenCalledOnce());
});
