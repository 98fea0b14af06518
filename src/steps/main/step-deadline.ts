import { lastWords, OutOfTime, type Stage, stages } from '../../domain/explain/out-of-time.js';
import { errorCommand } from '../../github/report.js';
import { type Deadline, startDeadline } from '../../process/deadline.js';
import { collectOften } from '../../process/memory.js';
import { startWatchdog } from '../../process/watchdog.js';

/** The time limit of the main step: a deadline, and a watchdog for work that ignores it. */
export interface StepDeadline extends Deadline {
  readonly enter: (stage: Stage) => void;
  /**
   * Call this before parsing texts: parsing long ones takes memory and blocks the thread, and the watchdog then needs
   * its own thread.
   */
  readonly prepareFor: (texts: readonly string[]) => void;
  /** Starts the watchdog thread now. */
  readonly guardCpu: () => void;
}

/** Maximum characters that are parsed quickly. */
const mostQuick = 65_536;

/** Starts the time limit of the step, in seconds from process start; undefined for no limit. */
export function startStepDeadline(seconds: number | undefined): StepDeadline {
  let stage: Stage = 'reading';
  const deadline = startDeadline(seconds, (all) => new OutOfTime(all, stage));
  if (seconds === undefined) {
    return { ...deadline, enter: () => undefined, prepareFor: (texts) => void areLong(texts), guardCpu: () => {} };
  }
  const watchdog = startWatchdog({
    endsAtMs: seconds * 1000,
    lastWords: () => lastWords(seconds, errorCommand),
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
        watchdog.guardCpu();
      }
    },
    guardCpu: watchdog.guardCpu,
    stop: () => {
      deadline.stop();
      watchdog.stop();
    },
  };
}

/** Whether parsing these texts takes long; then it also keeps memory small. */
function areLong(texts: readonly string[]): boolean {
  const areLong = texts.reduce((sum, text) => sum + text.length, 0) > mostQuick;
  if (areLong) {
    collectOften();
  }
  return areLong;
}
