/** The database and the containers of a Berth from before fields derived from one list, as that wrote them. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { createBody } from '../../src/engine/docker/to-docker.js';

type Row = Readonly<Record<string, string | number | null>>;

export const UPGRADE = JSON.parse(readFileSync('test/fixtures/definitions/upgrade.json', 'utf8')) as {
  readonly settings: readonly Row[];
  readonly definitions: readonly (Row & { readonly name: string; readonly uid: string; readonly spec: string })[];
  readonly reservations: readonly Row[];
  /** Bodies of their creations, by definition, in the order of {@link UPGRADE.definitions}. */
  readonly containers: readonly (ReturnType<typeof createBody> & {
    readonly Labels: Readonly<Record<string, string>>;
  })[];
};

/** The migration that adds networks: it makes a row for each that a definition names. */
const MIGRATION = 'prisma/migrations/20261130174500_networks/migration.sql';

/** Writes the rows into the database of a data folder, which has its tables and no definition yet. */
export function writeUpgradeRows(dataDir: string): void {
  const database = new DatabaseSync(path.join(dataDir, 'berth.db'));
  const { settings, definitions, reservations } = UPGRADE;
  for (const [table, rows] of Object.entries({
    Setting: settings,
    Definition: definitions,
    Reservation: reservations,
  })) {
    for (const row of rows) {
      const columns = Object.keys(row);
      const names = columns.map((name) => `"${name}"`).join(', ');
      const values = columns.map(() => '?').join(', ');
      database.prepare(`INSERT OR REPLACE INTO "${table}" (${names}) VALUES (${values})`).run(...Object.values(row));
    }
  }
  const [, networks = ''] = readFileSync(MIGRATION, 'utf8').split('-- Networks that definitions named before');
  database.exec(networks.slice(networks.indexOf('INSERT')));
  database.close();
}
