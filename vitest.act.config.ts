import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/act/**/*.test.ts'],
    testTimeout: 30_000,
    // The first run on a machine compiles the runners.
    hookTimeout: 20 * 60_000,
    fileParallelism: false,
  },
});
