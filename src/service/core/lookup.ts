import type { Definition } from '../../domain/definition/definition.js';
import { Problem } from '../../domain/problems/problem.js';
import type { Engine } from '../../engine/engine.js';
import { EngineError } from '../../engine/errors.js';
import type { Host } from '../../reconcile/hosts.js';
import type { OwnContainer } from '../../reconcile/observe/observed-state.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { Store } from '../../store/types.js';
import { asProblem, engineUnavailable } from './engine-errors.js';
import { noSuchContainer } from './write-checks.js';

/** Queries the engine that has a container. */
type Question<T> = (engine: Engine, container: OwnContainer, definition: Definition) => Promise<T | null>;

/** Finds definitions and their containers, or throws the problem that a client gets. */
export interface Lookup {
  /** @throws Problem `not-found` */
  find(name: string): Definition;
  /** @throws Problem `engine-unavailable` while the host's engine can't be reached */
  needsEngine(host: Pick<Host, 'observed'>): void;
  /**
   * Queries the engine for the container of a definition.
   *
   * @param ask returns null where the engine has no such thing
   * @throws Problem `not-found`, `engine-unavailable`
   */
  inside<T>(name: string, ask: Question<T>): Promise<T>;
}

export function createLookup({
  store,
  reconciler: { hosts, status },
}: {
  readonly store: Pick<Store, 'byName'>;
  readonly reconciler: Pick<Reconciler, 'hosts' | 'status'>;
}): Lookup {
  function find(name: string): Definition {
    const definition = store.byName(name);
    if (definition === undefined) throw noSuchContainer(name);
    return definition;
  }

  function needsEngine({ observed }: Pick<Host, 'observed'>): void {
    if (!observed.engine.reachable) throw engineUnavailable(observed.engine.message);
  }

  return {
    find,
    needsEngine,
    async inside(name, ask) {
      const definition = find(name);
      const host = hosts.of(definition);
      needsEngine(host);
      const { container } = status.of(definition);
      if (container === undefined) {
        throw new Problem('not-found', `${name} has no container on the engine yet. Its conditions give the reason.`);
      }
      const answer = await withProblems(name, ask(host.engine, container, definition));
      if (answer === null) throw new Problem('not-found', `The engine has no such data for the container of ${name}.`);
      return answer;
    },
  };
}

/** Turns the engine's errors into problems. @param name the container that the engine was queried about */
export async function withProblems<T>(name: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof EngineError ? asProblem(name, error) : error;
  }
}
