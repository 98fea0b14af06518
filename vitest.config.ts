import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that wait for deadlines or run many steps, and then those that start processes. */
const slow = [
  /(deadline|thousand-targets|refresh-trouble|lock|fuzz)\.test/,
  /test\/(action\/|emulator\/(cli|emulator-action))/,
];

/** Starts the slowest files first, so that no worker is alone with one of them at the end. */
class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = slow.findIndex((pattern) => pattern.test(moduleId.replaceAll('\\', '/')));
      return found < 0 ? slow.length : found;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The step loads the YAML parser on demand; tests of the domain need it loaded.
    setupFiles: ['test/support/load-yaml.ts'],
    // These tests need more than Node and have their own configuration.
    exclude: ['test/act/**', 'test/clients/**'],
    // A worker runs many files: a new process for each would take half a minute of processor time.
    isolate: false,
    // Tests mostly wait for processes or deadlines, so more workers than processors are faster.
    maxWorkers: 4,
    sequence: { sequencer: SlowestFirst },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
