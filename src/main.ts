import { setTimeout } from 'node:timers';
import { fail } from './github/report.js';
import { assumeRole } from './steps/assume-role.js';

/** Milliseconds a finished step waits for connections to close before it ends all the same. */
const exitDelayMs = 500;

run();

/** Runs the main step and reports its failure. CommonJS has no `await` outside a function. */
async function run(): Promise<void> {
  try {
    process.exitCode = (await assumeRole({ ...process.env })) ? 0 : 1;
  } catch (error) {
    fail('The step failed', error instanceof Error ? error.message : 'an error without a message');
    process.exitCode = 1;
  } finally {
    setTimeout(() => process.exit(), exitDelayMs).unref();
  }
}
