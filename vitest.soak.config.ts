import { defineConfig } from 'vitest/config';

/** What takes longer than a minute: `npm run test:soak`, with or without the name of a file. */
export default defineConfig({
  test: {
    name: 'soak',
    include: ['test/soak/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 14_400_000,
    hookTimeout: 120_000,
    globalSetup: ['test/engine/setup.ts'],
    reporters: ['default', './test/reporter.ts'],
  },
});
