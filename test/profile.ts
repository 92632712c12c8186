/** Notes what each test file costs in the file BERTH_TEST_PROFILE: `npm test -- --profile` prints it. */

import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect } from 'vitest';

const TICKS_PER_SECOND = 100;
/** Set once a file has run in this process, which goes on with the next one. */
const IS_USED = 'BERTH_TEST_PROFILE_IS_USED';

/** Reads the CPU seconds of this process, and of the commands that it ran and that have ended. */
function cpu(): readonly [own: number, commands: number] {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15).map(Number);
  return [(user + system) / TICKS_PER_SECOND, (childUser + childSystem) / TICKS_PER_SECOND];
}

// The first file of a process has the cost of starting it.
const [own, commands] = process.env[IS_USED] === undefined ? [0, 0] : cpu();
process.env[IS_USED] = 'yes';
const begun = performance.now();

afterAll(() => {
  const now = cpu();
  const seconds = (performance.now() - begun) / 1000;
  const file = path.relative('.', expect.getState().testPath ?? '');
  const line = JSON.stringify({ file, seconds, own: now[0] - own, commands: now[1] - commands });
  appendFileSync(process.env['BERTH_TEST_PROFILE'] as string, `${line}\n`);
});
