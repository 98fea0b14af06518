import { evaluateCondition } from './condition.js';
import { findSecrets } from './find-secrets.js';
import { inputEnvironment } from './inputs.js';
import type { JobFolders } from './job-folders.js';
import { filterJobOutputs, type JobOutputs } from './job-outputs.js';
import {
  createJobState,
  type JobOptions,
  type JobState,
  runCounted,
  type StepOptions,
  stageEnvironment,
} from './job-state.js';
import type { Stage } from './run-stage.js';
import { type StepResult, skippedResult } from './step-result.js';

export type { GithubContext } from './github-context.js';
export type { JobOutputs } from './job-outputs.js';
export type { JobOptions, StepOptions } from './job-state.js';
export type { Annotation, Leak, RawLine, StepResult } from './step-result.js';

/** A `run:` step: a script for bash, or a command with its arguments. */
export type RunCommand = string | { readonly command: string; readonly args?: readonly string[] };

/** A running job. Steps run one at a time. */
export interface Job {
  readonly folders: JobFolders;
  /** The environment as a later `run:` step sees it, command files aside. */
  readonly environment: Readonly<Record<string, string>>;
  /** Values watched for leaks; watching a value does not mask it. */
  readonly secrets: ReadonlySet<string>;
  readonly failed: boolean;
  readonly addSecrets: (...values: readonly string[]) => void;
  /** Hides what the job has masked so far. */
  readonly mask: (text: string) => string;
  readonly step: (options?: StepOptions) => Promise<StepResult>;
  readonly run: (command: RunCommand, options?: Pick<StepOptions, 'env' | 'timeoutMs'>) => Promise<StepResult>;
  /** Runs the post of every step that started, the last first; a condition that says no gives a `skipped` result. */
  readonly finish: () => Promise<StepResult[]>;
  readonly jobOutputs: (outputs: Readonly<Record<string, string>>) => JobOutputs;
  /** Files under a folder, relative to it, that hold a watched secret. */
  readonly findSecrets: (folder: string) => Promise<string[]>;
  readonly close: () => Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/** Starts a job. Rejects when action.yml cannot be read or asks for what this stand-in does not do. */
export async function startJob(options: JobOptions): Promise<Job> {
  const state = await createJobState(options);
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
      for (const value of values) if (value !== '') state.secrets.add(value);
    },
    mask: state.masker.mask,
    step: (step = {}) => runMain(state, step),
    run: (command, step = {}) => runScript(state, command, step),
    finish: () => runPosts(state),
    jobOutputs: (outputs) => filterJobOutputs(outputs, state.masker),
    findSecrets: (folder) => findSecrets(folder, state.secrets),
    close: state.folders.remove,
  };
}

async function runMain(state: JobState, options: StepOptions): Promise<StepResult> {
  state.steps += 1;
  const own = state.contexts.GITHUB_ACTION ?? '__self';
  const name = options.id ?? (state.steps === 1 ? own : `${own}_${state.steps}`);
  const main = await runCounted(state, actionStage(state, state.action.main, { options, name, saved: {} }));
  state.started = [...state.started, { options, main, name }];
  return main;
}

async function runScript(state: JobState, command: RunCommand, options: StepOptions): Promise<StepResult> {
  const [program, args] =
    typeof command === 'string' ? ['bash', ['-e', '-c', command]] : [command.command, command.args ?? []];
  return runCounted(state, {
    command: program,
    args,
    folder: state.folders.workspace,
    environment: { ...stageEnvironment(state, options.env ?? {}), GITHUB_ACTION: '__run' },
    state: {},
    warnings: [],
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  });
}

async function runPosts(state: JobState): Promise<StepResult[]> {
  const { post, postIf } = state.action;
  const started = [...state.started].reverse();
  state.started = [];
  const results: StepResult[] = [];
  if (post === undefined) return results;
  for (const { options, main, name } of started) {
    const environment = { ...state.environment, ...options.env };
    const wanted = evaluateCondition(postIf, { environment, jobFailed: state.failed });
    const stage = actionStage(state, post, { options, name, saved: main.state });
    results.push(wanted ? await runCounted(state, stage) : skippedResult());
  }
  return results;
}

function actionStage(
  state: JobState,
  script: string,
  step: { options: StepOptions; name: string; saved: Readonly<Record<string, string>> },
): Stage {
  const inputs = inputEnvironment(state.action, step.options.with ?? {});
  const saved = Object.entries(step.saved).map(([name, value]) => [`STATE_${name}`, value]);
  return {
    command: state.node,
    args: [script],
    folder: state.folders.workspace,
    environment: {
      ...stageEnvironment(state, { ...step.options.env, ...Object.fromEntries(saved), ...inputs.environment }),
      GITHUB_ACTION: step.name,
      GITHUB_ACTION_PATH: state.action.folder,
    },
    state: step.saved,
    warnings: inputs.warnings,
    timeoutMs: step.options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  };
}
