import { fail } from './github/report.js';
import { endSoon } from './process/end-process.js';
import { assumeRole } from './steps/assume-role.js';

run();

/** Runs the main step and reports its failure. CommonJS has no top-level `await`. */
async function run(): Promise<void> {
  try {
    process.exitCode = (await assumeRole({ ...process.env })) ? 0 : 1;
  } catch (error) {
    fail('The step failed', error instanceof Error ? error.message : 'an error without a message');
    process.exitCode = 1;
  } finally {
    endSoon(process.stdout);
  }
}
