import { setTimeout } from 'node:timers';
import { fail, log } from './github/report.js';
import { assume } from './steps/assume.js';

/** Milliseconds a finished step waits for connections to close before it ends all the same. */
const patience = 500;

try {
  await assume({ ...process.env });
} catch (error) {
  const { explain } = await import('./domain/explain.js');
  const { title, summary, story } = explain(error);
  log(story);
  fail(title, summary);
  process.exitCode = 1;
} finally {
  setTimeout(() => process.exit(), patience).unref();
}
