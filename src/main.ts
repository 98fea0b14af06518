import { setTimeout } from 'node:timers';
import { fail, log } from './github/report.js';
import { assumeRole } from './steps/assume-role.js';

/** Milliseconds a finished step waits for connections to close before it ends all the same. */
const exitDelayMs = 500;

try {
  await assumeRole({ ...process.env });
} catch (error) {
  const { explain } = await import('./domain/explain/explain.js');
  const { title, summary, story } = explain(error);
  log(story);
  fail(title, summary);
  process.exitCode = 1;
} finally {
  setTimeout(() => process.exit(), exitDelayMs).unref();
}
