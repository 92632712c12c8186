// npm run bench [-- PART…]   measures Berth against its peers, on the engine that `npm start` uses: docs in bench/RESULTS.md,
// which a run of all parts writes.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { ask, engineHost } from '../scripts/engine.mjs';
import { ensureImages } from '../scripts/images.mjs';
import { HEAD, line, type Row } from './figures.js';
import { attackRows } from './rows/attacks.js';
import { containerRows } from './rows/containers.js';
import { idleRows } from './rows/idle.js';
import { readRows } from './rows/reads.js';
import { scaleRows } from './rows/scale.js';
import { startRows } from './rows/start.js';
import { watcherRows } from './rows/watchers.js';
import { writeRows } from './rows/writes.js';

const engine = engineHost();
const PARTS: Readonly<Record<string, () => Promise<readonly Row[]> | AsyncIterable<Row>>> = {
  containers: () => containerRows(engine),
  reads: () => readRows(engine),
  writes: writeRows,
  scale: scaleRows,
  watchers: watcherRows,
  idle: () => idleRows(engine),
  start: startRows,
  attacks: () => attackRows(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => !Object.hasOwn(PARTS, part));
if (unknown.length > 0) {
  console.error(`there is no ${unknown.join(', ')}: write ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
await ensureImages(engine);
console.log(HEAD);
const lines: string[] = [];
for (const [part, measure] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(part)) continue;
  for await (const row of await measure()) {
    lines.push(line(row));
    console.log(lines.at(-1));
  }
}
if (wanted.length === 0) {
  const { Version } = JSON.parse((await ask(engine, 'GET', '/version')).text) as { Version: string };
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.versions.node}, Docker ${Version}`;
  const text = [
    '# Results',
    '',
    `\`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, ${commit}: ${machine}. Median, and the least and the most of at`,
    'least five measurements; both sides of a row in one run. What each row says, and what bounds it: [README.md](README.md).',
    '',
    HEAD,
    ...lines,
    '',
  ].join('\n');
  writeFileSync('bench/RESULTS.md', text);
}
