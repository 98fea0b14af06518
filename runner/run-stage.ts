import { createCommandFiles, processCommandFiles } from './command-files.js';
import { createCommandReader } from './command-reader.js';
import { findLeaks } from './find-leaks.js';
import type { Masker } from './masker.js';
import { runProcess } from './run-process.js';
import { emptyRecord, reportError, type StepContext, warn } from './step-record.js';
import type { RawLine, StepResult } from './step-result.js';

/** One process to run as a stage of the job, with its input. */
export interface Stage {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** The environment without the command files. */
  readonly environment: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly timeoutMs: number;
}

/** The parts of the job that a stage uses. */
interface StageJob {
  readonly temp: string;
  readonly masker: Masker;
  readonly secrets: ReadonlySet<string>;
  readonly debug: boolean;
}

/** Runs one stage: creates command files, runs the process, carries out its commands, then reads the files. */
export async function runStage(stage: Stage, job: StageJob): Promise<StepResult> {
  const record = emptyRecord(stage.state);
  const context: StepContext = { record, masker: job.masker, debug: job.debug };
  for (const warning of stage.warnings) {
    warn(context, warning);
  }
  const reader = createCommandReader(context);
  const rawLines: RawLine[] = [];
  const exposed: string[] = [];
  const files = await createCommandFiles(job.temp);
  const process = await runProcess({
    ...stage,
    environment: { ...stage.environment, ...files },
    onLine(stream, line) {
      rawLines.push({ stream, line });
      if (!reader.read(line).maskCommand) {
        exposed.push(line);
      }
    },
  });
  if (process.timedOut) {
    reportError(context, `The step has timed out after ${stage.timeoutMs} ms.`);
  }
  await processCommandFiles(files, context);
  const { log, refused, ...rest } = record;
  return {
    ...rest,
    ...process,
    conclusion: process.exitCode === 0 && !refused ? 'success' : 'failure',
    log: log.map((line) => `${line}\n`).join(''),
    raw: process.stdout + process.stderr,
    rawLines,
    leaks: findLeaks(exposed, job.secrets),
  };
}
