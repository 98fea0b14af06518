import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These need more than Node, and have a configuration of their own.
    exclude: ['test/act/**', 'test/clients/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
