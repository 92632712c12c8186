import type { Definition } from '../../domain/definition/definition.js';
import { EngineError } from '../../engine/errors.js';
import { MultiMap } from '../../lib/multimap.js';
import type { ObservedState } from '../observe/observed-state.js';
import type { Action } from '../plan/types.js';

/**
 * The waits between tries of a start whose host port was taken in between, in milliseconds. Any outgoing connection may
 * take a port of Linux's ephemeral range while no container has it, for as short as it lasts.
 */
const LOST_PORT_TRIES_MS: readonly number[] = [50, 100, 200, 400];

/**
 * Interval and number of further tries for a definition without a running container whose port was taken in between.
 */
const AGAIN_MS = 2_000;
const AGAIN_TIMES = 5;

/**
 * True if a start failed for a host port that no container has. The engine says `address already in use` for those, and
 * `port is already allocated` for the ports of its own containers. A container of this definition that was just stopped
 * may still appear as the holder.
 */
export function isLostPort(
  { uid }: Pick<Definition, 'uid'>,
  action: Action,
  error: unknown,
  observed: ObservedState,
): error is EngineError {
  if (action.kind !== 'start' || !(error instanceof EngineError) || error.kind !== 'port-in-use') return false;
  if (!/address already in use/i.test(error.message)) return false;
  const holders = error.port === undefined ? [] : observed.bindersOf(error.port.hostPort);
  return holders.every(({ owner }) => owner?.uid === uid);
}

/** Remembers the tries for definitions whose host port was taken, though no container has it. */
export interface LostPorts {
  /**
   * Returns the waits between immediate tries of this start: once for each container, or generation of one to be made.
   */
  triesMs(definition: Definition, action: Action): readonly number[];
  /**
   * Returns the time until a definition without a running container is tried again, in milliseconds; undefined after
   * the last such try, when the usual backoff applies.
   */
  withinMs(uid: string): number | undefined;
  /** Forgets the tries of a definition, once nothing is in its way any more. */
  forget(uid: string): void;
}

export function createLostPorts(): LostPorts {
  const tries = new Map<string, number>();
  const tried = new MultiMap<string, string>();
  return {
    triesMs({ uid, generation }, action) {
      if (action.kind !== 'start') return [];
      const key = action.target.kind === 'existing' ? action.target.id : `generation ${generation}`;
      if (tried.get(uid).has(key)) return [];
      tried.add(uid, key);
      return LOST_PORT_TRIES_MS;
    },
    withinMs(uid) {
      const count = (tries.get(uid) ?? 0) + 1;
      tries.set(uid, count);
      return count > AGAIN_TIMES ? undefined : AGAIN_MS;
    },
    forget(uid) {
      tries.delete(uid);
      tried.deleteAll(uid);
    },
  };
}
