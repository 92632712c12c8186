// node scripts/test.mjs [ARGUMENTS OF VITEST]   runs the tests, and removes what they leave behind, also after Ctrl-C
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { engineHost } from './engine.mjs';
import { removeLeftovers } from './leftovers.mjs';
import { onInterrupt, watchSignals } from './run.mjs';

/** How long vitest may take to list the failures after a signal, in milliseconds; then it is killed. */
const GRACE_MS = 10_000;

watchSignals();
const folder = mkdtempSync(path.join(tmpdir(), 'berth-tests-'));
const notes = path.join(folder, 'notes');
writeFileSync(notes, '');
const words = ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)];
const vitest = spawn(process.execPath, words, {
  // A group of its own, so that all of it can be ended.
  detached: true,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, TMPDIR: folder, BERTH_TEST_NOTES: notes },
});
const killAll = () => {
  try {
    process.kill(-vitest.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};
let interrupted;
onInterrupt((signal) => {
  if (interrupted === undefined) setTimeout(killAll, GRACE_MS).unref();
  interrupted ??= signal;
  // Vitest alone: it lists the failures so far and ends.
  vitest.kill('SIGINT');
});
const code = await new Promise((resolve) => {
  vitest.once('exit', (status, signal) => resolve(status ?? 128 + constants.signals[signal]));
});
killAll();
const removed = await removeLeftovers(folder, engineHost());
if (removed > 0) console.error(`berth: removed ${removed} containers, networks, volumes and images of the tests`);
process.exit(interrupted === undefined ? code : 128 + constants.signals[interrupted]);
