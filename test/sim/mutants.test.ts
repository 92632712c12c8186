import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { invariantTable } from './invariants/index.js';
import { MUTANTS, mutantTable, scriptFor } from './mutants.js';
import { run } from './run.js';

/** In so many seeds each has to be found. */
const SEEDS = 400;

it.each(MUTANTS)('finds a planted fault: $name', async (mutant) => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { violation } = await run(seed, scriptFor(seed, mutant), mutant.mutation);
    if (violation === undefined) continue;
    expect(mutant.shows).toContain(violation.invariant);
    expect(await run(seed, scriptFor(seed, mutant))).toMatchObject({ violation: undefined });
    return;
  }
  expect.fail(`${mutant.name} was not found in ${SEEDS} seeds`);
});

const documentation = readFileSync('docs/simulation.md', 'utf8');

it.each([
  { kind: 'invariants', table: invariantTable() },
  { kind: 'mutants', table: mutantTable() },
])('docs/simulation.md has the table of $kind', ({ table }) => {
  expect(`${documentation}\n`).toContain(`\n\n${table}\n\n`);
});
