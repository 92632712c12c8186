// npm run test:engines [-- NAME…]   the tests that an engine's version can matter to, on each engine, one after the other
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask } from './engine.mjs';
import { DIR, env, obstacle, REGISTRY_PORT, stop, tail, up } from './engines.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const log = (line) => console.error(`berth: ${line}`);

/** The tests, by the columns in which they are shown. */
const TESTS = {
  chapter: ['chapter', 'docker-run'],
  links: ['link-env', 'links-hold', 'links-race'],
  faults: [
    ...['drift', 'faults/wire', 'faults/engine-dies', 'faults/images', 'faults/many'],
    ...['faults/lost-ports', 'faults/check-ports', 'faults/disk-full'],
  ],
  others: ['replace', 'sets', 'waits', 'compose-names', 'restore', 'adopt', 'operations', 'versions', 'links-moved'],
};
/** An engine that is played can't be killed, and plays no other version. */
const PLAYED = {
  ...TESTS,
  faults: ['drift', 'faults/wire', 'faults/images', 'faults/many'],
  others: ['replace', 'sets', 'adopt', 'operations'],
};
/** Those of a played one without links on the default bridge: the others are about the engine's own. */
const LINKLESS = { ...PLAYED, links: [], faults: ['drift', 'faults/wire', 'faults/images'] };
/** Those of the rest that need no links, and what is Podman's own. */
const PODMAN = {
  ...TESTS,
  chapter: ['chapter'],
  faults: ['drift', 'faults/wire', 'faults/images'],
  others: ['replace', 'podman'],
};

const ROWS = [
  { row: 'bookworm', engine: 'bookworm', tests: TESTS },
  { row: 'trixie', engine: 'trixie', tests: TESTS },
  { row: 'forky', engine: 'forky', tests: TESTS },
  { row: '29', engine: 'forky', tests: PLAYED, plays: { version: '29', api: '1.52' } },
  { row: '30', engine: 'forky', tests: LINKLESS, plays: { version: '30', api: '1.55' } },
  { row: 'podman', engine: 'podman', tests: PODMAN, vars: { BERTH_TEST_REGISTRY_PORT: String(REGISTRY_PORT) } },
];

const nameOf = ({ engine, plays }, version) => {
  if (plays !== undefined) return `Docker ${plays.version}, emulated in front of ${version}`;
  return `${engine === 'podman' ? 'Podman' : 'Docker'} ${version}`;
};

const fileOf = (test) => `test/engine/${test}.test.ts`;

/** Runs the tests on one engine: what it is, the results by column, and the names of those that failed. */
async function testOn({ row, engine, tests, plays, vars = plays && { BERTH_TEST_PLAYS: plays.version } }) {
  const { ensureImages } = await import('./images.mjs');
  const { host, netns, root } = await up(engine, log);
  await ensureImages(host);
  const said = JSON.parse((await ask(host, 'GET', '/version')).text);
  const [report, printed] = [path.join(DIR, `${row}.json`), path.join(DIR, `${row}.log`)];
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const files = Object.values(tests).flat().map(fileOf);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'engine', ...files, ...reporters];
  log(`${row}: testing on ${said.Version}; its log is ${path.relative(process.cwd(), printed)}`);
  const begun = performance.now();
  const out = openSync(printed, 'w');
  // Not `ip netns exec`, which has a /sys of its own without the control groups that a test's own engine needs.
  const { status } = spawnSync('nsenter', [`--net=/run/netns/${netns}`, process.execPath, ...vitest], {
    cwd: ROOT,
    stdio: ['ignore', out, out],
    env: { ...env, DOCKER_HOST: host, BERTH_TEST_ENGINE_ROOT: root, ...vars },
  });
  const minutes = (performance.now() - begun) / 60_000;
  if (!existsSync(report)) throw new Error(`the tests did not run. End of their log:\n${tail(printed)}`);
  const modules = JSON.parse(readFileSync(report, 'utf8')).testResults;
  const columns = Object.values(tests).map((group) => countsOf(modules, group));
  const api = plays?.api ?? said.ApiVersion;
  const failures = modules.flatMap(failuresOf);
  if (status !== 0 && failures.length === 0)
    failures.push(`vitest exited with ${status}. End of its log:\n${tail(printed)}`);
  return {
    cells: [nameOf({ engine, plays }, said.Version), api, ...columns, `${minutes.toFixed(0)} min`],
    failures,
  };
}

/** `12 passed, 1 failed, 2 skipped` */
function countsOf(modules, group) {
  const results = modules
    .filter(({ name }) => group.some((test) => name.endsWith(fileOf(test))))
    .flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const count = (...statuses) => results.filter((status) => statuses.includes(status)).length;
  const counts = { passed: count('passed'), failed: count('failed') };
  const all = { ...counts, skipped: results.length - counts.passed - counts.failed };
  const said = Object.entries(all).filter(([, number]) => number > 0);
  return said.map(([word, number]) => `${number} ${word}`).join(', ') || 'none';
}

/** A file that could not be run has failed, though none of its tests has. */
function failuresOf({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((one) => one.status === 'failed').map((one) => one.fullName);
  return status === 'failed' && failed.length === 0 ? [`${path.basename(name)}: ${message.split('\n')[0]}`] : failed;
}

async function testAll(rows) {
  execFileSync(process.execPath, ['scripts/prepare.mjs', 'engines'], { cwd: ROOT, stdio: 'inherit' });
  const results = [];
  for (const one of rows) {
    try {
      results.push({ row: one.row, ...(await testOn(one)) });
    } catch (error) {
      const cells = [one.row, '', ...Object.keys(TESTS).map(() => 'did not run'), ''];
      results.push({ row: one.row, cells, failures: [error.message] });
    } finally {
      await stop(one.engine);
    }
  }
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const head = ['engine', 'newest API', ...Object.keys(TESTS), 'took'];
  console.log([line(head), line(head.map(() => '---')), ...results.map(({ cells }) => line(cells))].join('\n'));
  const failures = results.flatMap(({ row, failures: texts }) => texts.map((text) => `${row}: ${text}`));
  if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
  return failures.length === 0;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => ROWS.every(({ row }) => row !== name));
const problem =
  unknown.length > 0
    ? `unknown engine ${unknown.join(', ')}: write ${ROWS.map(({ row }) => row).join(', ')}`
    : obstacle();
if (problem !== undefined) {
  log(problem);
  process.exitCode = 2;
} else {
  const rows = wanted.length === 0 ? ROWS : ROWS.filter(({ row }) => wanted.includes(row));
  process.exitCode = (await testAll(rows)) ? 0 : 1;
}
