import { appendFileSync, writeSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Names a failed test and the first line of each of its errors. */
const failureOf = (test: TestCase): string => {
  const errors = test.result().errors ?? [];
  const first = errors.map(({ message }) => `    ${message.split('\n', 1)[0]}\n`);
  return `  ${test.module.relativeModuleId} > ${test.fullName}\n${first.join('')}`;
};

/** Notes the failed tests of a file, a line of JSON each, for scripts/second-run.mjs, which runs the file once more. */
const noteFailures = (module: TestModule): void => {
  const notes = process.env['BERTH_TEST_FAILURES'];
  if (notes === undefined || module.state() !== 'failed') return;
  const tests = [...module.children.allTests('failed')].map(({ fullName }) => fullName);
  // A file that fails without a failed test counts as one failure, as in the summary.
  const line = {
    ...{ file: module.relativeModuleId, project: module.project.name },
    tests: tests.length > 0 ? tests : ['(its setup)'],
  };
  appendFileSync(notes, `${JSON.stringify(line)}\n`);
};

/** Prints `N passed, N failed` as the very last line, and after Ctrl-C the failures so far. */
export function summary(print: (text: string) => void = (text) => writeSync(1, text)): Reporter {
  const failures: string[] = [];
  let passed = 0;
  const interrupted = (): void => {
    const list = failures.length === 0 ? '' : `failures so far:\n${failures.join('')}`;
    print(`\ninterrupted; ${list}${passed} passed, ${failures.length} failed\n`);
  };
  return {
    onInit() {
      process.once('SIGINT', interrupted);
    },
    onTestCaseResult(test: TestCase) {
      const { state } = test.result();
      if (state === 'passed') passed += 1;
      if (state === 'failed') failures.push(failureOf(test));
    },
    onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
      process.off('SIGINT', interrupted);
      const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
      for (const module of modules) {
        noteFailures(module);
        for (const test of module.children.allTests()) count[test.result().state] += 1;
        if (module.state() === 'failed' && [...module.children.allTests('failed')].length === 0) count.failed += 1;
      }
      const skipped = count.skipped + count.pending;
      const line = `${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
      process.once('exit', () => process.stdout.write(line));
    },
  };
}

// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export, and constructs it
export default function reporter(): Reporter {
  return summary();
}
