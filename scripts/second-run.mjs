// Runs the files once more in which tests failed while the lanes of `npm test` shared the machine, and tells a test that fails
// again from one that does not. Neither is hidden: a test that passes now is listed as unstable, and is a fault to look into.
import { existsSync, readFileSync } from 'node:fs';

/** More failed files than this are not run again: so many are no accident. */
const MOST_FILES = 6;

/** Reads what test/reporter.ts noted of a lane: `{ file, project, tests }` of each file in which something failed. */
export const failuresIn = (notes) =>
  existsSync(notes)
    ? readFileSync(notes, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];

/**
 * Chooses what is worth another run.
 *
 * @param failed the number of failures that the lanes counted
 * @param lanes what was noted of each lane
 * @returns the arguments of vitest for each lane, undefined for a lane without failures; nothing at all if a failure belongs to
 *   file (a lane that crashed, an error that nothing awaited) or too many files failed
 */
export function secondRun(failed, lanes) {
  const files = lanes.flat();
  const tests = files.flatMap((file) => file.tests);
  if (failed === 0 || tests.length !== failed || files.length > MOST_FILES) return [];
  return lanes.map((lane) =>
    lane.length === 0
      ? undefined
      : [...new Set(lane.map(({ project }) => `--project=${project}`)), ...lane.map(({ file }) => file)],
  );
}

/**
 * Adds a second run to the outcome of the first.
 *
 * @param first the outcome of the lanes; `failed` counts tests in `lanes`
 * @param lanes what was noted of each lane in the first run
 * @param again what was noted of each lane in the second
 * @param ended the exit statuses of the second run
 * @returns the outcome of both, and the tests that failed once and passed then, as `file > test`
 */
export function bothRuns(first, lanes, again, ended) {
  const names = (runs) => runs.flat().flatMap(({ file, tests }) => tests.map((test) => `${file} > ${test}`));
  const failsAgain = new Set(names(again));
  const unstable = names(lanes).filter((name) => !failsAgain.has(name));
  const isPassed = ended.every((status) => status === 0);
  if (!isPassed && failsAgain.size === 0) return { outcome: first, unstable: [] };
  const outcome = {
    ...first,
    code: isPassed ? 0 : first.code,
    passed: first.passed + unstable.length,
    failed: failsAgain.size,
  };
  return { outcome, unstable };
}
