import type { Reporter, TestModule } from 'vitest/node';

/** Prints `N passed, N failed` as the very last line, for whoever reads the end of a log. */
export const summary: Reporter = {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      if (module.state() === 'failed' && [...module.children.allTests('failed')].length === 0) count.failed += 1;
    }
    const skipped = count.skipped + count.pending;
    const line = `${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
    process.once('exit', () => process.stdout.write(line));
  },
};

// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export, and constructs it
export default function reporter(): Reporter {
  return summary;
}
