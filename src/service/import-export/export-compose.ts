/** Definitions as a Compose file. */

import type { Definition } from '../../domain/definition/definition.js';
import { exportCompose } from '../../domain/import-export/compose/export.js';
import { Problem } from '../../domain/problems/problem.js';
import type { Memory } from '../../store/state/memory.js';
import { noSuchContainer } from '../core/write-checks.js';
import type { ImportReader } from './reader.js';

/** Selects definitions; all if neither field is given. */
export interface ExportQuery {
  readonly set?: string;
  readonly names?: readonly string[];
}

export interface ExportCompose {
  /** Returns definitions as a Compose file in JSON, in pieces. @throws Problem `not-found` */
  exportComposeJson(query: ExportQuery): Iterable<string>;
  /** Returns such JSON as YAML. @throws Problem `payload-too-large`, `busy` */
  exportComposeText(json: string): Promise<string>;
}

export function createExportCompose(
  store: Pick<Memory, 'all' | 'byName' | 'reservationsOf' | 'network'>,
  reader: Pick<ImportReader, 'composeText'>,
): ExportCompose {
  function pieces(query: ExportQuery): Iterable<string> {
    const chosen = choose(store, query);
    const sets = new Set(chosen.map(({ set }) => set));
    const [only = null] = sets.size === 1 ? sets : [];
    return exportCompose(
      only,
      chosen.map(({ name, spec, uid }) => ({ name, spec, reservations: store.reservationsOf(uid) })),
      store.network,
    );
  }
  return {
    exportComposeJson: pieces,
    exportComposeText: reader.composeText,
  };
}

/** Returns definitions in the order in which they were declared, without those that are being deleted. */
function choose(store: Pick<Memory, 'all' | 'byName'>, { set, names }: ExportQuery): readonly Definition[] {
  const wanted = names && new Set(names);
  for (const name of names ?? []) if (store.byName(name) === undefined) throw noSuchContainer(name);
  const chosen = store
    .all()
    .filter((one) => one.deletionRequestedAt === null)
    .filter((one) => (set === undefined || one.set === set) && (wanted === undefined || wanted.has(one.name)))
    .toReversed();
  if (chosen.length > 0 || (set === undefined && names === undefined)) return chosen;
  const which = set === undefined ? 'with these names' : `in the set ${JSON.stringify(set)}`;
  throw new Problem('not-found', `No containers found ${which}. GET /v1/containers lists all containers.`);
}
