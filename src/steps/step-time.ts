import { lastWords, OutOfTime, type Stage, stages } from '../domain/explain/out-of-time.js';
import { errorCommand } from '../github/report.js';
import { type Deadline, startDeadline } from '../process/deadline.js';
import { collectOften } from '../process/memory.js';
import { startWatchdog } from '../process/watchdog.js';

/** The time limit of the main step: a deadline, and a watchdog for work that ignores it. */
export interface StepTime extends Deadline {
  readonly enter: (stage: Stage) => void;
  /**
   * Checks texts before parsing: parsing long ones takes memory and blocks the thread, and the watchdog then
   * needs its own thread.
   */
  readonly weigh: (texts: readonly string[]) => void;
  /** Starts the watchdog thread now. */
  readonly guardCpu: () => void;
}

/** Maximum characters that are parsed quickly. */
const light = 65_536;

/** Starts the time limit of the step, in seconds from process start; undefined for no limit. */
export function startStepTime(seconds: number | undefined): StepTime {
  let stage: Stage = 'reading';
  const deadline = startDeadline(seconds, (all) => new OutOfTime(all, stage));
  if (seconds === undefined) {
    return { ...deadline, enter: () => undefined, weigh: (texts) => void isHeavy(texts), guardCpu: () => {} };
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
    weigh: (texts) => {
      if (isHeavy(texts)) {
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

function isHeavy(texts: readonly string[]): boolean {
  const isHeavy = texts.reduce((sum, text) => sum + text.length, 0) > light;
  if (isHeavy) {
    collectOften();
  }
  return isHeavy;
}
