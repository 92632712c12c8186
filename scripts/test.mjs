// node scripts/test.mjs [--quick | ARGUMENTS OF VITEST]   runs the tests, and removes what they leave behind, also after Ctrl-C
//
// Without arguments it runs all tests, in two lanes side by side: those that compute, and those that mostly wait for an engine.
// With --quick each lane has a part of them.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { engineHost } from './engine.mjs';
import { lanes } from './lanes.mjs';
import { removeLeftovers } from './leftovers.mjs';
import { onInterrupt, watchSignals } from './run.mjs';

/** How long vitest may take to list the failures after a signal, in milliseconds; then it is killed. */
const GRACE_MS = 10_000;
const projects = (...names) => names.flatMap((name) => ['--project', name]);
const ALL = [projects('unit', 'http', 'sim'), projects('engine', 'browser')];
const QUICK = [
  [...projects('unit', 'http'), '--exclude', 'test/http/fuzz/**'],
  [...projects('engine'), 'test/engine/chapter.test.ts'],
];
/**
 * Runs a command in a network of its own. Hundreds of connections of the tests without an engine would otherwise hold, for
 * moments, ports that the tests on the engine publish.
 */
const APART = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
const mayBeApart = () => spawnSync(APART[0], [...APART.slice(1), 'true'], { stdio: 'ignore' }).status === 0;

watchSignals();
const folder = mkdtempSync(path.join(tmpdir(), 'berth-tests-'));
const notes = path.join(folder, 'notes');
writeFileSync(notes, '');
const running = [];

function vitest(args, { under = [], stdio }) {
  const [command, ...words] = [...under, process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...args];
  const colour = stdio[1] === 'pipe' && process.stdout.isTTY && { FORCE_COLOR: '1' };
  const child = spawn(command, words, {
    // A group of its own, so that all of it can be ended.
    detached: true,
    stdio,
    env: { ...process.env, ...colour, TMPDIR: folder, BERTH_TEST_NOTES: notes },
  });
  running.push(child);
  return child;
}

const killAll = () => {
  for (const { pid } of running) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
};
let interrupted;
onInterrupt((signal) => {
  if (interrupted === undefined) setTimeout(killAll, GRACE_MS).unref();
  interrupted ??= signal;
  // Vitest alone: it lists the failures so far and ends.
  for (const child of running) child.kill('SIGINT');
});

const ended = (child) =>
  new Promise((resolve) => {
    child.once('close', (status, signal) => resolve(status ?? 128 + constants.signals[signal]));
  });

const given = process.argv.slice(2);
const isQuick = given.length === 1 && given[0] === '--quick';
let summary = '';
let code;
if (given.length === 0 || isQuick) {
  const [computing, waiting] = isQuick ? QUICK : ALL;
  const stdio = ['ignore', 'pipe', 'pipe'];
  const children = [vitest(computing, { stdio, under: mayBeApart() ? APART : [] }), vitest(waiting, { stdio })];
  const outcome = await lanes(
    children.map((child) => ({ child, ended: ended(child) })),
    (line) => process.stdout.write(`${line}\n`),
  );
  ({ code, summary } = outcome);
} else code = await ended(vitest(given, { stdio: ['ignore', 'inherit', 'inherit'] }));
killAll();
const removed = await removeLeftovers(folder, engineHost());
if (removed > 0) console.error(`berth: removed ${removed} containers, networks, volumes and images of the tests`);
process.stdout.write(summary);
process.exit(interrupted === undefined ? code : 128 + constants.signals[interrupted]);
