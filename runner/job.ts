import { runAndApply, runDeferred } from './apply-changes.js';
import { startInBackground, waitFor } from './background.js';
import { createConcurrencyLimit } from './concurrency-limit.js';
import { filterJobOutputs, type JobOutputs } from './filter-job-outputs.js';
import { findSecrets } from './find-secrets.js';
import type { JobFolders } from './job-folders.js';
import {
  type BackgroundStep,
  createJobState,
  type JobOptions,
  type StepOptions,
  stageEnvironment,
} from './job-state.js';
import type { StepResult } from './step-result.js';
import { prepareMain, prepareScript, type RunCommand, runPosts } from './steps.js';

/** A step of `parallel:` or with `background: true`: the action, or a script. */
type ParallelStep = StepOptions | (Pick<StepOptions, 'env' | 'timeoutMs'> & { readonly run: RunCommand });

/** A running job. Steps run one at a time, except those in the background. */
export interface Job {
  readonly folders: JobFolders;
  /** The environment of a later `run:` step, without command files. */
  readonly environment: Readonly<Record<string, string>>;
  /** Values watched for leaks. Watching a value does not mask it. */
  readonly secrets: ReadonlySet<string>;
  readonly failed: boolean;
  readonly addSecrets: (...values: readonly string[]) => void;
  /** Hides everything that the job has masked so far. */
  readonly mask: (text: string) => string;
  readonly step: (options?: StepOptions) => Promise<StepResult>;
  readonly run: (command: RunCommand, options?: Pick<StepOptions, 'env' | 'timeoutMs'>) => Promise<StepResult>;
  /** Starts a step with `background: true`, with the current environment. Its changes reach the job at a `wait`. */
  readonly background: (step: ParallelStep) => BackgroundStep;
  /** `wait:`, or `wait-all:` without arguments. The steps' changes reach the job now, in the order of the arguments. */
  readonly wait: (...steps: readonly BackgroundStep[]) => Promise<StepResult[]>;
  /** `parallel:`: starts every step in the background and waits for all of them. */
  readonly parallel: (steps: readonly ParallelStep[]) => Promise<StepResult[]>;
  /** Waits for background steps, then runs posts in reverse order. A false condition gives a `skipped` result. */
  readonly finish: () => Promise<StepResult[]>;
  readonly jobOutputs: (outputs: Readonly<Record<string, string>>) => JobOutputs;
  /** Files under a folder that contain a watched secret, as relative paths. */
  readonly findSecrets: (folder: string) => Promise<string[]>;
  readonly close: () => Promise<void>;
}

/** Starts a job. Rejects when action.yml cannot be read or uses a feature that this runner does not support. */
export async function startJob(options: JobOptions): Promise<Job> {
  const state = await createJobState(options);
  const limit = createConcurrencyLimit();
  const background = (step: ParallelStep): BackgroundStep => {
    const start =
      'run' in step
        ? prepareScript(state, { command: step.run, options: step, run: runDeferred })
        : prepareMain(state, step, runDeferred);
    return startInBackground(state, limit, start);
  };
  const wait: Job['wait'] = (...steps) => waitFor(state, steps.length === 0 ? state.unwaited : steps);
  return {
    folders: state.folders,
    get environment() {
      return stageEnvironment(state, {});
    },
    secrets: state.secrets,
    get failed() {
      return state.failed;
    },
    addSecrets(...values) {
      for (const value of values.filter((one) => one !== '')) {
        state.secrets.add(value);
      }
    },
    mask: state.masker.mask,
    step: (step = {}) => prepareMain(state, step, runAndApply)(),
    run: (command, step = {}) => prepareScript(state, { command, options: step, run: runAndApply })(),
    background,
    wait,
    parallel: (steps) => wait(...steps.map(background)),
    async finish() {
      await wait();
      return runPosts(state);
    },
    jobOutputs: (outputs) => filterJobOutputs(outputs, state.masker),
    findSecrets: (folder) => findSecrets(folder, state.secrets),
    close: state.folders.remove,
  };
}
