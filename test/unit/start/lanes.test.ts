/** The output of test runs that go on side by side. */

import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { lanes, summaryOf } from '../../../scripts/lanes.mjs';

type Script = readonly (string | number)[];

/** Plays a run: prints the lines of a script and ends with the number in it, once the promise is fulfilled. */
function lane(script: Script, begins: Promise<void> = Promise.resolve()) {
  const child = { stdout: new PassThrough(), stderr: new PassThrough() };
  const play = async (): Promise<number> => {
    await begins;
    for (const line of script) if (typeof line === 'string') child.stdout.write(`${line}\n`);
    for (const stream of Object.values(child)) stream.end();
    await new Promise((resolve) => setImmediate(resolve));
    return script.find((word) => typeof word === 'number') ?? 0;
  };
  return { child, ended: play() };
}

async function outcome(...runs: readonly ReturnType<typeof lane>[]) {
  const lines: string[] = [];
  const { code, ...counts } = await lanes(runs, (line) => lines.push(line));
  return { code, summary: summaryOf(counts), lines };
}

describe('test runs side by side', () => {
  it('print their lines one run after the other, and the sum of their counts instead of each', async () => {
    let begin = (): void => undefined;
    const slow = lane(
      ['first', 'second', '3 passed, 0 failed, 2 skipped'],
      new Promise((resolve) => (begin = resolve)),
    );
    const quick = lane(['third', '4 passed, 0 failed']);
    quick.ended.then(begin);
    expect(await outcome(slow, quick)).toEqual({
      ...{ code: 0, summary: '7 passed, 0 failed, 2 skipped\n' },
      lines: ['first', 'second', 'third'],
    });
  });

  it.each<[string, Script, number, string]>([
    ['has failed tests', ['1 passed, 2 failed', 1], 1, '6 passed, 2 failed\n'],
    ['ends without its counts', ['a line'], 1, '5 passed, 1 failed\n'],
    ['is ended by an error', ['1 passed, 0 failed', 7], 7, '6 passed, 0 failed\n'],
    ['is interrupted', ['interrupted; 1 passed, 0 failed', 130], 130, '6 passed, 0 failed\n'],
  ])('fail together when one %s', async (_, script, code, summary) => {
    const other = ['5 passed, 0 failed'];
    expect(await outcome(lane(script), lane(other))).toMatchObject({ code, summary });
    expect(await outcome(lane(other), lane(script))).toMatchObject({ code, summary });
  });
});
