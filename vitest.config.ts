import { defineConfig } from 'vitest/config';

const common = { environment: 'node', pool: 'forks', clearMocks: true, unstubEnvs: true, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    reporters: ['default', './test/reporter.ts'],
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/generated/**'], reporter: ['text', 'lcov'] },
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          maxWorkers: 2,
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...common,
          name: 'http',
          maxWorkers: 2,
          include: ['test/http/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Alone, after those: it takes both cores.
        test: {
          ...common,
          name: 'sim',
          maxWorkers: 2,
          include: ['test/sim/**/*.test.ts'],
          testTimeout: 900_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...common,
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
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
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: ['test/browser/setup.ts'],
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
