/** Time, chance and order, all drawn from one seed: the same seed is the same run, step by step. */

import type { Clock } from '../../src/lib/clock.js';

/** A generator of numbers in [0, 1). Rule: mulberry32, public domain. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export interface World {
  /** Virtual milliseconds since the beginning. */
  readonly now: number;
  /** How far the wall clock has been set forward. */
  wallOffsetMs: number;
  readonly random: () => number;
  /** A number in [from, to). */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(all: readonly T[]): T;
  /** Runs later; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
  sleep(ms: number): Promise<void>;
  /** Does everything that is due until then, one thing at a time; calls after each. */
  runUntil(ms: number, afterEach: () => void): Promise<void>;
}

/** Lets everything that is ready go on, until it waits for the world. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function createWorld(seed: number): World {
  const random = seeded(seed);
  const tasks = new Set<Task>();
  let now = 0;
  let order = 0;

  function next(): Task | undefined {
    let first: Task | undefined;
    for (const task of tasks) {
      if (first === undefined || task.at < first.at || (task.at === first.at && task.order < first.order)) first = task;
    }
    return first;
  }

  const world: World = {
    get now() {
      return now;
    },
    wallOffsetMs: 0,
    random,
    between: (from, to) => from + random() * (to - from),
    chance: (probability) => random() < probability,
    pick: (all) => all[Math.floor(random() * all.length)] as (typeof all)[number],
    after(ms, run) {
      // Two things that are due at once come in an order that chance decides.
      const task: Task = { at: now + ms, order: order++ + random() * 4, run };
      tasks.add(task);
      return () => tasks.delete(task);
    },
    sleep: (ms) => new Promise((resolve) => world.after(ms, resolve)),
    async runUntil(ms, afterEach) {
      await settle();
      for (let task = next(); task !== undefined && task.at <= ms; task = next()) {
        tasks.delete(task);
        now = Math.max(now, task.at);
        task.run();
        await settle();
        afterEach();
      }
      now = ms;
    },
  };
  return world;
}

/** One life of the server: when it is over nothing of it goes on, whatever it waited for. */
export interface Life {
  readonly isOver: boolean;
  end(): void;
  readonly clock: Clock;
  /** Waits; never comes back if the life ends meanwhile. */
  sleep(ms: number): Promise<void>;
  /** Ends it at the so manieth wait from now on, for whichever call or commit that is, and says so. The answer takes it back. */
  endAtWait(count: number, ended: () => void): () => void;
}

const EPOCH = Date.UTC(2026, 0, 1);

/** @param timerMs how long a timer of so many milliseconds is to take */
export function createLife(world: World, timerMs: (ms: number) => number): Life {
  let isOver = false;
  let last: { left: number; readonly ended: () => void } | undefined;
  const after = (ms: number, run: () => void): (() => void) =>
    world.after(ms, () => {
      if (!isOver) run();
    });
  return {
    get isOver() {
      return isOver;
    },
    end() {
      isOver = true;
    },
    clock: {
      monotonic: () => world.now,
      now: () => new Date(EPOCH + world.wallOffsetMs + world.now),
      after: (ms, run) => after(timerMs(ms), run),
    },
    sleep(ms) {
      if (last !== undefined && --last.left === 0) {
        isOver = true;
        last.ended();
      }
      return new Promise((resolve) => after(ms, resolve));
    },
    endAtWait(count, ended) {
      last ??= { left: count, ended };
      return () => {
        last = undefined;
      };
    },
  };
}
