import { lastWords, OutOfTime, type Stage, stages } from '../domain/explain/out-of-time.js';
import { errorCommand } from '../github/report.js';
import { type Deadline, startDeadline } from '../process/deadline.js';
import { collectOften } from '../process/memory.js';
import { startWatchdog } from '../process/watchdog.js';

/** The time of the main step: a deadline, and a watchdog for work that does not end with it. */
export interface StepTime extends Deadline {
  readonly enter: (stage: Stage) => void;
  /**
   * Looks at texts before they are read: reading long ones takes memory and holds the processor, and the watchdog then
   * needs a thread of its own.
   */
  readonly weigh: (texts: readonly string[]) => void;
  /** The watchdog gets its thread now. */
  readonly guardCpu: () => void;
}

/** Characters that are read in no time at all. */
const light = 65_536;

/** Starts the time of the step, in seconds from the start of the process; undefined for no bound. */
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
