import { open, openSync } from 'node:fs';
import { endSoon } from '../../src/process/end-process.js';
import { startWatchdog } from '../../src/process/watchdog.js';

/** Runs as a separate process: work of the kind that the first argument names, most of which never ends by itself. */
const [kind = '', pipe = '', endsAtMs = ''] = process.argv.slice(2);

const work: Readonly<Record<string, () => void>> = {
  'a loop': () => {
    for (;;) {}
  },
  'an expression that backtracks': () => void /^(a+)+$/.test(`${'a'.repeat(60)}b`),
  'a call that does not return': () => void openSync(pipe, 'r'),
  'a promise that stays open': () => void setInterval(() => undefined, 1_000),
  'a thread that does not return': () => open(pipe, 'r', () => undefined),
  'a failure with a thread that does not return': () => {
    open(pipe, 'r', () => undefined);
    process.exitCode = 1;
    watchdog.stop();
    endSoon();
  },
  'work that ends in time': () => {
    watchdog.stop();
    setTimeout(() => process.exit(0), 2_500);
  },
};

const watchdog = startWatchdog({
  endsAtMs: Number(endsAtMs),
  finalMessages: () => ['at the first stage\n', 'at the second stage\n'],
  stream: 1,
  exitCode: 1,
});
watchdog.enter(1);
watchdog.startThread();
setTimeout(() => work[kind]?.(), 50);
