/** `npm run test:sim -- --seeds N --seed S [--mutant NAME]`: runs seeds, and shows the first that fails, made small. */

import { parseArgs } from 'node:util';
import { MUTANTS, scriptFor } from './mutants.js';
import { run } from './run.js';
import { drawScript, lineOf } from './script.js';
import { shrink } from './shrink.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    mutant: { type: 'string' },
  },
});
const first = Number(values.seed);
const count = Number(values.seeds);
const mutant = MUTANTS.find(({ name }) => name === values.mutant);
if (values.mutant !== undefined && mutant === undefined) {
  throw new Error(`there is no mutant ${values.mutant}: ${MUTANTS.map(({ name }) => name).join(', ')}`);
}

const begun = performance.now();
for (let seed = first; seed < first + count; seed++) {
  const script = mutant === undefined ? drawScript(seed) : scriptFor(seed, mutant);
  const { violation } = await run(seed, script, mutant?.mutation);
  if (violation === undefined) continue;
  const small = await shrink(seed, script, violation.invariant, mutant?.mutation);
  const { trace } = await run(seed, small, mutant?.mutation);
  console.log(`seed ${seed} violates "${violation.invariant}": ${violation.message}`);
  console.log(`\nthe incidents that it takes (${small.length} of ${script.length}):`);
  for (const incident of small) console.log(lineOf(incident));
  console.log('\nwhat happens:');
  for (const line of trace) console.log(line);
  console.log(`\nagain: npm run test:sim -- --seeds 1 --seed ${seed}${mutant ? ` --mutant ${mutant.name}` : ''}`);
  process.exit(1);
}
const ms = performance.now() - begun;
console.log(`${count} seeds from ${first} hold: ${Math.round(ms / 1000)} s, ${(ms / count).toFixed(1)} ms each`);
process.exit(0);
