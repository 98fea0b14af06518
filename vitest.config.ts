import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/clients/**', 'test/act/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
