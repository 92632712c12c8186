import path from 'node:path';
import { expect, it } from 'vitest';
import { migrate } from '../../../src/store/sqlite/migrate.js';
import { tempDir } from './support.js';

/** Prisma's own schema engine. Not typed: it is a script of plain Node. */
const tools = () => import('../../../scripts/schema-engine.mjs' as string);

it('the migrations match the schema', async () => {
  const { openSchemaEngine, loadMigrations, loadSchema, memoryAdapter, noFilters } = await tools();
  const files = await loadSchema('prisma/schema.prisma');
  const migrations = await loadMigrations('prisma/migrations');
  const engine = await openSchemaEngine(memoryAdapter, files);
  const diff = await engine.diff({
    from: { tag: 'migrations', ...migrations },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters: noFilters,
  });
  expect(diff).toMatchObject({ exitCode: 0 });
});

it("Prisma's own engine calls a database that we migrated up to date", async () => {
  const { openSchemaEngine, loadMigrations, loadSchema, noFilters, scriptAdapter } = await tools();
  const file = path.join(tempDir(), 'berth.db');
  expect(migrate(file, 'prisma/migrations').length).toBeGreaterThan(0);
  const engine = await openSchemaEngine(scriptAdapter(file), await loadSchema('prisma/schema.prisma'));
  const migrationsList = await loadMigrations('prisma/migrations');
  const request = { migrationsList, optInToShadowDatabase: true, filters: noFilters };
  expect(await engine.diagnoseMigrationHistory(request)).toEqual({
    editedMigrationNames: [],
    failedMigrationNames: [],
    hasMigrationsTable: true,
    history: null,
  });
  expect(await engine.applyMigrations({ migrationsList, filters: noFilters })).toEqual({ appliedMigrationNames: [] });
});
