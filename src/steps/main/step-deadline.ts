import { finalMessages, OutOfTime, type Stage, stages } from '../../domain/explain/out-of-time.js';
import { errorCommand } from '../../github/report.js';
import { type Deadline, startDeadline } from '../../process/deadline.js';
import { collectOften } from '../../process/memory.js';
import { startWatchdog } from '../../process/watchdog.js';

/** The time limit of the main step: a deadline, and a watchdog for work that ignores it. */
export interface StepDeadline extends Deadline {
  /** Sets the current stage, which the message of a timeout names. */
  readonly enter: (stage: Stage) => void;
  /**
   * Prepares for the parsing of texts: if they are long, parsing takes memory and blocks the main thread, so that
   * memory is limited and the watchdog thread is started.
   */
  readonly prepareFor: (texts: readonly string[]) => void;
  /** Starts the watchdog thread now. */
  readonly startWatchdogThread: () => void;
}

/** Maximum characters of texts that are parsed quickly. */
const mostQuick = 65_536;

/** Starts the time limit of the step, in seconds from process start; undefined for no limit. */
export function startStepDeadline(seconds: number | undefined): StepDeadline {
  let stage: Stage = 'reading';
  const deadline = startDeadline(seconds, (all) => new OutOfTime(all, stage));
  if (seconds === undefined) {
    return {
      ...deadline,
      enter: () => undefined,
      prepareFor: (texts) => void areLong(texts),
      startWatchdogThread: () => {},
    };
  }
  const watchdog = startWatchdog({
    endsAtMs: seconds * 1000,
    finalMessages: () => finalMessages(seconds, errorCommand),
    stream: 1,
    exitCode: 1,
  });
  return {
    ...deadline,
    enter: (next) => {
      stage = next;
      watchdog.enter(stages.indexOf(next));
    },
    prepareFor: (texts) => {
      if (areLong(texts)) {
        watchdog.startThread();
      }
    },
    startWatchdogThread: watchdog.startThread,
    stop: () => {
      deadline.stop();
      watchdog.stop();
    },
  };
}

/** Whether texts take long to parse; if so, limits the memory of this process. */
function areLong(texts: readonly string[]): boolean {
  const areLong = texts.reduce((sum, text) => sum + text.length, 0) > mostQuick;
  if (areLong) {
    collectOften();
  }
  return areLong;
}
