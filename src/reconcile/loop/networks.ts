/** User-defined networks: one of a name, however many definitions want it at once. */

import type { Engine } from '../../engine/engine.js';
import { EngineError } from '../../engine/errors.js';

export interface Networks {
  /** Creates the network unless it exists by now. @throws EngineError */
  make(name: string): Promise<void>;
  /**
   * Removes the network if it is ours and nothing is attached: a container that somebody put there keeps it. @throws
   * EngineError
   */
  removeUnused(name: string): Promise<void>;
}

/**
 * Runs the calls for one name one after another. An engine that gets several at the same time makes several networks of
 * one name, `CheckDuplicate` or not (seen on 20.10), and none of their containers can be started then.
 */
export function createNetworks(engine: Engine, instance: () => string): Networks {
  const last = new Map<string, Promise<void>>();

  function alone(name: string, work: () => Promise<void>): Promise<void> {
    const done = (last.get(name) ?? Promise.resolve()).then(work);
    const over = done.catch(() => undefined).finally(() => last.get(name) === over && last.delete(name));
    last.set(name, over);
    return done;
  }

  return {
    make: (name) =>
      alone(name, async () => {
        const there = await engine.inspectNetwork(name);
        if (there === null) return engine.createNetwork(name, instance());
        if (there.instance === instance()) return;
        throw new EngineError('conflict', `the network ${name} was just created outside this Berth`);
      }),
    removeUnused: (name) =>
      alone(name, async () => {
        const network = await engine.inspectNetwork(name);
        if (network === null || network.instance !== instance()) return;
        try {
          await engine.removeNetwork(network.id);
        } catch (error) {
          if (!(error instanceof EngineError && /active endpoints/.test(error.message))) throw error;
        }
      }),
  };
}
