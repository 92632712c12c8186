import { run } from './run.js';
import { drawScript } from './script.js';

const [, , from, to] = process.argv;
for (let seed = Number(from); seed <= Number(to); seed++) {
  const { violation } = await run(seed, drawScript(seed));
  if (violation !== undefined) console.log(seed, violation.invariant, violation.message.slice(0, 300));
}
console.log('done', from, to);
