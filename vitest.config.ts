import { defineConfig } from 'vitest/config';

/**
 * Limits end what hangs. None of them is about speed: a busy machine must not reach them. Files that are not isolated share the
 * modules of their process, which saves a third of the CPU time: they leave nothing changed in them.
 */
const common = {
  environment: 'node',
  pool: 'forks',
  clearMocks: true,
  unstubEnvs: true,
  setupFiles: process.env['BERTH_TEST_PROFILE'] === undefined ? [] : ['test/profile.ts'],
  testTimeout: 240_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 200_000, interval: 50 } },
} as const;

export default defineConfig({
  test: {
    reporters: ['default', './test/reporter.ts'],
    teardownTimeout: 300_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/generated/**'], reporter: ['text', 'lcov'] },
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          maxWorkers: 2,
          isolate: false,
          include: ['test/unit/**/*.test.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'http',
          maxWorkers: 2,
          isolate: false,
          include: ['test/http/**/*.test.ts'],
        },
      },
      {
        // Alone, after those: it takes both cores.
        test: {
          ...common,
          name: 'sim',
          maxWorkers: 2,
          include: ['test/sim/**/*.test.ts'],
          testTimeout: 1_800_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...common,
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 480_000,
          globalSetup: ['test/engine/setup.ts'],
          sequence: { groupOrder: 2 },
        },
      },
      {
        // Alone as well, and last: a browser, a server and an engine together take both cores.
        test: {
          ...common,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          globalSetup: ['test/browser/setup.ts'],
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
