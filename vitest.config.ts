import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The step loads the YAML parser on demand; tests of the domain need it loaded.
    setupFiles: ['test/support/load-yaml.ts'],
    // These tests need more than Node and have their own configuration.
    exclude: ['test/act/**', 'test/clients/**'],
    // Tests mostly wait for processes or deadlines, so more workers than processors are faster.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
