/** The second run of files with failures: its conditions, its arguments, and the sum of both runs. */

import { describe, expect, it } from 'vitest';
import { bothRuns, secondRun } from '../../../scripts/second-run.mjs';

const failed = (file: string, ...tests: string[]) => ({ file, project: file.split('/')[1] ?? '', tests });
const LINKS = failed('test/engine/links.test.ts', 'a link holds');
const PORTS = failed('test/engine/ports.test.ts', 'a port stays', 'a port is free');
const LIST = failed('test/browser/list.test.ts', 'the list is live');

describe('files with failures', () => {
  it('run again with the project and the lane that they have', () => {
    expect(secondRun(4, [[], [LINKS], [PORTS, LIST]])).toEqual([
      undefined,
      ['--project=engine', LINKS.file],
      ['--project=engine', '--project=browser', PORTS.file, LIST.file],
    ]);
  });

  it.each([
    ['nothing failed', 0, []],
    ['a lane broke off', 2, [LINKS]],
    ['many failed', 7, Array.from({ length: 7 }, (_, at) => failed(`test/engine/${at}.test.ts`, 'a test'))],
  ])('do not run again when %s', (_, count, files) => {
    expect(secondRun(count, [files])).toEqual([]);
  });
});

describe('both runs', () => {
  const first = { code: 1, passed: 10, failed: 3, skipped: 2 };
  const lanes = [[LINKS], [PORTS]];

  it('pass when each test passes in the second, and list those that failed at first', () => {
    expect(bothRuns(first, lanes, [[], []], [0, 0])).toEqual({
      outcome: { code: 0, passed: 13, failed: 0, skipped: 2 },
      unstable: [`${LINKS.file} > a link holds`, `${PORTS.file} > a port stays`, `${PORTS.file} > a port is free`],
    });
  });

  it('fail when one test fails in both', () => {
    const again = [[], [failed(PORTS.file, 'a port stays')]];
    expect(bothRuns(first, lanes, again, [0, 1])).toEqual({
      outcome: { code: 1, passed: 12, failed: 1, skipped: 2 },
      unstable: [`${LINKS.file} > a link holds`, `${PORTS.file} > a port is free`],
    });
  });

  it('fail when a test fails that passed at first', () => {
    const again = [[failed(LINKS.file, 'another link holds')], []];
    expect(bothRuns(first, lanes, again, [1, 0]).outcome).toMatchObject({ code: 1, failed: 1 });
  });

  it('fail as the first did when the second ends without a result', () => {
    expect(bothRuns(first, lanes, [[], []], [0, 7])).toEqual({ outcome: first, unstable: [] });
  });
});
