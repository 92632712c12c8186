// Words what each test file cost, as test/profile.ts noted it.
import { existsSync, readFileSync } from 'node:fs';

/** So many files are listed, those that took longest first. */
const LISTED = 30;

/**
 * Makes a table of the files that took longest, and of each kind of test. What is not CPU time is waiting, on a machine that
 * does nothing else.
 *
 * @param notes the file with a line of JSON for each test file
 */
export function profile(notes) {
  const rows = existsSync(notes)
    ? readFileSync(notes, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
  const kinds = new Map();
  for (const row of rows) {
    const file = `test/${row.file.split('/')[1]} (all)`;
    const sum = kinds.get(file) ?? { file, seconds: 0, own: 0, commands: 0 };
    for (const what of ['seconds', 'own', 'commands']) sum[what] += row[what];
    kinds.set(file, sum);
  }
  const slowest = rows.toSorted((a, b) => b.seconds - a.seconds).slice(0, LISTED);
  const cell = (number) => number.toFixed(1).padStart(8);
  const lines = [...kinds.values(), ...slowest].map(
    ({ file, seconds, own, commands }) => `${[seconds, own, commands].map(cell).join('')}  ${file}`,
  );
  return ['seconds, CPU seconds of the file, CPU seconds of the commands that it ran:', ...lines, ''].join('\n');
}
