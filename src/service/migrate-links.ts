/** Moves links off the default bridge ahead of an engine that has none there. */

import type { Definition } from '../domain/definition/definition.js';
import { LINKS_NETWORK } from '../domain/links/links.js';
import { topological } from '../domain/links/start-order.js';
import { Problem } from '../domain/problems/problem.js';
import type { Reconciler } from '../reconcile/reconciler.js';
import type { Store } from '../store/types.js';
import type { Planning } from './core/dry-run.js';
import { answer, checkUnanswered } from './core/kept-answer.js';
import type { WriteOptions } from './core/options.js';
import type { PlanView } from './core/plan-view.js';
import { linksMoved } from './core/reconciler-store.js';

/** Result of a move of links, or of its dry run. */
export interface LinkMigration {
  readonly dryRun: boolean;
  /** The network that linked definitions run on from then on. */
  readonly network: string;
  /** The linked definitions on the default bridge, sources before their recipients. */
  readonly containers: readonly string[];
  /** The steps that were left to do when the request came; null while the engine can't be queried. */
  readonly plan: PlanView | null;
}

export interface MigrateLinks {
  /**
   * Has linked definitions on the default bridge run on a network of Berth's from now on; a second time changes nothing.
   *
   * @throws Problem `links-unsupported`
   */
  migrateLinks(
    options: Pick<WriteOptions<LinkMigration>, 'dryRun' | 'requestId' | 'actor' | 'keyed'>,
  ): Promise<LinkMigration>;
}

export function createMigrateLinks(options: {
  readonly store: Store;
  readonly reconciler: Pick<Reconciler, 'hosts' | 'linksMoved'>;
  readonly planning: Planning;
}): MigrateLinks {
  const { store, reconciler, planning } = options;

  /** Returns the linked definitions on the default bridge, sources before their recipients. */
  function linked(): readonly Definition[] {
    const all = store.all().filter(({ name, spec, deletionRequestedAt }) => {
      const isLinked = spec.links.length > 0 || store.recipientsOf(name).length > 0;
      return deletionRequestedAt === null && spec.network === 'bridge' && isLinked;
    });
    const byName = new Map(all.map((definition) => [definition.name, definition]));
    return topological([...byName.keys()], (name) => byName.get(name)?.spec.links ?? []).flatMap(
      (name) => byName.get(name) ?? [],
    );
  }

  async function migrationOf(definitions: readonly Definition[], dryRun: boolean): Promise<LinkMigration> {
    const changes = definitions.map((definition) => ({ kind: 'unchanged' as const, before: undefined, definition }));
    const plan = await planning(changes, { ...store, linksMoved: () => true });
    return { dryRun, network: LINKS_NETWORK, containers: definitions.map(({ name }) => name), plan: plan ?? null };
  }

  return {
    async migrateLinks({ dryRun = false, keyed, requestId = null, actor = null }) {
      const { lacks } = reconciler.hosts.local.observed.engine.version ?? {};
      if (lacks?.links !== undefined) {
        throw new Problem('links-unsupported', `There are no links to move: ${lacks.links}.`);
      }
      const migration = await migrationOf(linked(), dryRun);
      if (dryRun) return migration;
      await store.transact(async (tx) => {
        await checkUnanswered(tx, keyed);
        if (!tx.linksMoved()) {
          await tx.setLinksMoved();
          tx.record(linksMoved({ by: 'client', actor, requestId }, 'Requested', 'a client requested it'));
        }
        await answer(tx, keyed, migration);
      });
      reconciler.linksMoved(requestId ?? undefined);
      return migration;
    },
  };
}
