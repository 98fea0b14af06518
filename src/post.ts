import { log } from './github/report.js';
import { cleanUp } from './steps/clean-up.js';

try {
  await cleanUp({ ...process.env });
} catch (error) {
  log(`Cleaning up did not finish: ${error instanceof Error ? error.message : 'unknown error'}`);
}
