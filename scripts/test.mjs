// node scripts/test.mjs [--quick] [--profile] | ARGUMENTS OF VITEST   runs the tests, and removes what they leave behind, also
// after Ctrl-C
//
// Without arguments it runs all tests, in lanes side by side: those that compute, and those that mostly wait for an engine, which
// have a second engine where that can be. With --quick each lane has a part of them; --profile prints what each file cost. Files
// with failures run once more, alone: what passes then is listed as unstable.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { has } from './apt.mjs';
import { engineHost } from './engine.mjs';
import { lanes, summaryOf } from './lanes.mjs';
import { removeLeftovers } from './leftovers.mjs';
import { profile } from './profile.mjs';
import { onInterrupt, watchSignals } from './run.mjs';
import { bothRuns, failuresIn, secondRun } from './second-run.mjs';

/** Time in milliseconds that vitest has after a signal to list the failures; then it is killed. */
const GRACE_MS = 10_000;
const projects = (...names) => names.flatMap((name) => ['--project', name]);
/** Runs a command in a network and with mounts of its own. */
const APART = ['unshare', '--net', '--mount', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
const mayBeApart = () => spawnSync(APART[0], [...APART.slice(1), 'true'], { stdio: 'ignore' }).status === 0;
/** Path prefixes of the files that run on the second engine, beside the browser's: both lanes take about as long. */
const SECOND = ['test/engine/crash', 'test/engine/process', 'test/engine/faults/', 'test/engine/live/'];

/** The lanes of a run: the arguments of vitest, a command that it runs under, and variables of its own. */
function lanesOf(isQuick) {
  const apart = mayBeApart();
  // Hundreds of connections of the tests without an engine would otherwise hold, for moments, ports that those on it publish.
  const under = apart ? APART : [];
  if (isQuick) {
    return [
      { args: [...projects('unit', 'http'), '--exclude', 'test/http/fuzz/**'], under },
      { args: [...projects('engine'), 'test/engine/chapter.test.ts'] },
    ];
  }
  const computing = { args: projects('unit', 'http', 'sim'), under };
  if (!apart || !has('dockerd')) return [computing, { args: projects('engine', 'browser') }];
  return [
    computing,
    { args: [...projects('engine'), ...SECOND.flatMap((start) => ['--exclude', `${start}**`])] },
    {
      args: [...projects('engine', 'browser'), ...SECOND, 'test/browser'],
      under,
      vars: { BERTH_TEST_OWN_ENGINE: 'yes' },
    },
  ];
}

watchSignals();
const folder = mkdtempSync(path.join(tmpdir(), 'berth-tests-'));
const notes = path.join(folder, 'notes');
writeFileSync(notes, '');
const costs = path.join(folder, 'profile');
const given = process.argv.slice(2);
const isProfiled = given.includes('--profile');
const profiling = isProfiled && { BERTH_TEST_PROFILE: costs };
const forVitest = given.filter((word) => word !== '--profile');
const isQuick = forVitest.length === 1 && forVitest[0] === '--quick';
const running = [];

function vitest(args, { under = [], vars, stdio }) {
  const [command, ...words] = [...under, process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...args];
  const colour = stdio[1] === 'pipe' && process.stdout.isTTY && { FORCE_COLOR: '1' };
  const child = spawn(command, words, {
    // A group of its own, so that all of it can be ended.
    detached: true,
    stdio,
    env: { ...process.env, ...colour, ...vars, ...profiling, TMPDIR: folder, BERTH_TEST_NOTES: notes },
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

const print = (line) => process.stdout.write(`${line}\n`);
const notesOf = (name, at) => path.join(folder, `${name}-${at}`);

/** Runs the lanes side by side. @returns the outcome, and the failures of each lane */
async function runLanes(planned) {
  const stdio = ['ignore', 'pipe', 'pipe'];
  const runs = planned.map(({ args, vars, under }, at) => {
    const child = vitest(args, { stdio, under, vars: { ...vars, BERTH_TEST_FAILURES: notesOf('failed', at) } });
    return { child, ended: ended(child) };
  });
  return { first: await lanes(runs, print), failures: planned.map((_, at) => failuresIn(notesOf('failed', at))) };
}

/** Runs files with failures again, one lane after the other. @returns the outcome of both runs */
async function runAgain(planned, { first, failures }) {
  const again = secondRun(first.failed, failures);
  if (interrupted !== undefined || again.length === 0) return first;
  print(`berth: ${first.failed} tests failed; their files run once more, with nothing beside them`);
  const statuses = [];
  for (const [at, { vars, under }] of planned.entries()) {
    if (again[at] === undefined) continue;
    const noting = { ...vars, BERTH_TEST_FAILURES: notesOf('again', at) };
    const child = vitest(again[at], { stdio: ['ignore', 'inherit', 'inherit'], under, vars: noting });
    statuses.push(await ended(child));
  }
  const { outcome, unstable } = bothRuns(
    first,
    failures,
    planned.map((_, at) => failuresIn(notesOf('again', at))),
    statuses,
  );
  for (const name of unstable) print(`berth: UNSTABLE, failed once and passed when it ran alone: ${name}`);
  return outcome;
}

let summary = '';
let code;
if (forVitest.length === 0 || isQuick) {
  const planned = lanesOf(isQuick);
  const outcome = await runAgain(planned, await runLanes(planned));
  ({ code } = outcome);
  summary = summaryOf(outcome);
} else code = await ended(vitest(forVitest, { stdio: ['ignore', 'inherit', 'inherit'] }));
if (isProfiled) process.stdout.write(profile(costs));
killAll();
const removed = await removeLeftovers(folder, engineHost());
if (removed > 0) console.error(`berth: removed ${removed} containers, networks, volumes and images of the tests`);
process.stdout.write(summary);
process.exit(interrupted === undefined ? code : 128 + constants.signals[interrupted]);
