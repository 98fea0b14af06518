import { runAndApply } from './apply-changes.js';
import { evaluateCondition } from './evaluate-condition.js';
import { inputEnvironment } from './input-environment.js';
import { type JobState, type StepOptions, stageEnvironment } from './job-state.js';
import type { Stage } from './run-stage.js';
import { type StepResult, skippedResult } from './step-result.js';

/** A `run:` step: a script for bash, or a command with its arguments. */
export type RunCommand = string | { readonly command: string; readonly args?: readonly string[] };

const defaultTimeoutMs = 60_000;

/** Runs a stage and applies its changes at once or later. */
type Run = (state: JobState, stage: Stage) => Promise<StepResult>;

/** Prepares the main of a `uses:` step with the current environment. The returned function starts it. */
export function prepareMain(state: JobState, options: StepOptions, run: Run): () => Promise<StepResult> {
  state.steps += 1;
  const own = state.contexts.GITHUB_ACTION ?? '__self';
  const name = options.id ?? (state.steps === 1 ? own : `${own}_${state.steps}`);
  const stage = actionStage(state, state.action.main, { options, name, saved: {} });
  return () => {
    const main = run(state, stage);
    // The post runs once main has started, whether or not main succeeds.
    state.started = [...state.started, { options, main, name }];
    return main;
  };
}

/** Prepares a `run:` step with the current environment. The returned function starts it. */
export function prepareScript(
  state: JobState,
  { command, options, run }: { command: RunCommand; options: StepOptions; run: Run },
): () => Promise<StepResult> {
  const [program, args] =
    typeof command === 'string' ? ['bash', ['-e', '-c', command]] : [command.command, command.args ?? []];
  const stage = {
    command: program,
    args,
    folder: state.folders.workspace,
    environment: { ...stageEnvironment(state, options.env ?? {}), GITHUB_ACTION: '__run' },
    state: {},
    warnings: [],
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
  };
  return () => run(state, stage);
}

/** Runs the post of every started step, in reverse order. A false condition gives a `skipped` result. */
export async function runPosts(state: JobState): Promise<StepResult[]> {
  const { post, postIf } = state.action;
  const started = [...state.started].reverse();
  state.started = [];
  const results: StepResult[] = [];
  if (post === undefined) {
    return results;
  }
  for (const { options, main, name } of started) {
    const environment = { ...state.environment, ...options.env };
    const wanted = evaluateCondition(postIf, { environment, jobFailed: state.failed });
    const stage = actionStage(state, post, { options, name, saved: (await main).state });
    results.push(wanted ? await runAndApply(state, stage) : skippedResult());
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
      ...state.runtime,
      GITHUB_ACTION: step.name,
      GITHUB_ACTION_PATH: state.action.folder,
    },
    state: step.saved,
    warnings: inputs.warnings,
    timeoutMs: step.options.timeoutMs ?? defaultTimeoutMs,
  };
}
