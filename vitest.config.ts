import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The step loads the YAML parser when it needs it; tests of the domain have it at hand.
    setupFiles: ['test/support/load-yaml.ts'],
    // These need more than Node, and have a configuration of their own.
    exclude: ['test/act/**', 'test/clients/**'],
    // Most of the time a test waits for processes it has started, or for a deadline: more workers than processors pay.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
