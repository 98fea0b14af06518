import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The step loads the YAML parser when it needs it; tests of the domain have it at hand.
    setupFiles: ['test/support/load-yaml.ts'],
    // These need more than Node, and have a configuration of their own.
    exclude: ['test/act/**', 'test/clients/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
