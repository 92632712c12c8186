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

/** How soon, and how often, a definition that nothing serves is tried again for a port that was taken in between. */
const AGAIN_MS = 2_000;
const AGAIN_TIMES = 5;

/**
 * Whether a start failed for a host port that no container has: the engine says `address already in use` of those, and
 * `port is already allocated` of its own containers'. What was just stopped for this start may still look as if it had it.
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

/** Remembers what was tried for definitions whose host port no container has. */
export interface LostPorts {
  /** The waits between tries at once of this start: once for each container, or generation of one to be made. */
  triesMs(definition: Definition, action: Action): readonly number[];
  /** Within how many milliseconds a definition that nothing serves is tried again; undefined after so many: as usual then. */
  withinMs(uid: string): number | undefined;
  /** Nothing is in its way any more. */
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
