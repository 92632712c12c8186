import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MUTANTS, scriptFor } from './mutants.js';
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

it('are all in the documentation', () => {
  const document = readFileSync('docs/simulation.md', 'utf8');
  for (const { name } of MUTANTS) expect(document).toContain(`\`${name}\``);
});
