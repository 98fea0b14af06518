import { messageOf } from './domain/input/error-message.js';
import { fail } from './github/report.js';
import { endSoon } from './process/end-process.js';
import { assumeRole } from './steps/main/assume-role.js';

run();

/** Runs the main step and reports its failure. A function, because CommonJS has no top-level `await`. */
async function run(): Promise<void> {
  try {
    process.exitCode = (await assumeRole({ ...process.env })) ? 0 : 1;
  } catch (error) {
    fail('The step failed', messageOf(error));
    process.exitCode = 1;
  } finally {
    endSoon(process.stdout);
  }
}
