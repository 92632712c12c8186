// Prints the output of test runs that go on side by side one after the other, and sums up what they counted.
import { createInterface } from 'node:readline';

const COUNTS = /^(?:interrupted; )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

/**
 * Prints each line of the first run as it comes, and those of the others once the ones before have ended.
 *
 * @param runs children with pipes, and the promise of their exit status
 * @returns the first exit status that is not 0, and the sums. A run that ends without counts is a failure.
 */
export async function lanes(runs, print) {
  const all = runs.map(({ child, ended }) => {
    const run = { lines: [], counts: undefined, isShown: false, ended };
    const take = (line) => {
      const counts = line.match(COUNTS);
      if (counts !== null) run.counts = counts.slice(1).map((count = '0') => Number(count));
      else if (run.isShown) print(line);
      else run.lines.push(line);
    };
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', take);
    return run;
  });
  let code = 0;
  const sums = [0, 0, 0];
  for (const run of all) {
    for (const line of run.lines.splice(0)) print(line);
    run.isShown = true;
    const status = await run.ended;
    if (code === 0) code = status;
    const counts = run.counts ?? [0, 1, 0];
    for (const [at, count] of counts.entries()) sums[at] += count;
    if (run.counts === undefined && code === 0) code = 1;
  }
  const [passed, failed, skipped] = sums;
  return { code, passed, failed, skipped };
}

/** Words the sums of a run: the line that it ends with. */
export const summaryOf = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
