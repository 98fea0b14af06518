import { messageOf } from './domain/input/error-message.js';
import { log } from './github/report.js';
import { endSoon } from './process/end-process.js';
import { startWatchdog } from './process/watchdog.js';
import { cleanUp } from './steps/post/clean-up.js';

/** Maximum seconds of the post step, which may wait up to a minute for another job's lock. */
const mostSeconds = 150;

run();

/** Runs the post step, which never fails the job. A function, because CommonJS has no top-level `await`. */
async function run(): Promise<void> {
  const finalMessages = () => [
    `The clean-up did not finish within ${mostSeconds} s: a file or folder does not respond.\n`,
  ];
  const watchdog = startWatchdog({ endsAtMs: mostSeconds * 1000, finalMessages, stream: 1, exitCode: 0 });
  try {
    await cleanUp({ ...process.env });
  } catch (error) {
    log(`The clean-up did not finish: ${messageOf(error)}`);
  } finally {
    watchdog.stop();
    endSoon(process.stdout);
  }
}
