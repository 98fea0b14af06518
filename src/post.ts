import { log } from './github/report.js';
import { cleanUp } from './steps/clean-up.js';

run();

/** Runs the post step, which never fails the job. A function, because a CommonJS file cannot wait at its top. */
async function run(): Promise<void> {
  try {
    await cleanUp({ ...process.env });
  } catch (error) {
    log(`Cleaning up did not finish: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}
