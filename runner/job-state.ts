import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type GithubContext, githubContext, githubEnvironment } from './github-context.js';
import { machineEnvironment, runnerEnvironment } from './job-environment.js';
import { createJobFolders, type JobFolders } from './job-folders.js';
import { type Action, loadAction } from './load-action.js';
import { createMasker, type Masker } from './masker.js';
import type { StepResult } from './step-result.js';

/** Options for a job that runs one JavaScript action. */
export interface JobOptions {
  /** The folder that holds action.yml. */
  readonly action?: string;
  /** The action.yml itself, instead of its folder. */
  readonly actionFile?: string;
  /** The Node executable that runs the action; the default is the one of this process. */
  readonly node?: string;
  /** The job's environment, including `ACTIONS_ID_TOKEN_REQUEST_*`. Nothing of this process's environment is added. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly github?: Partial<GithubContext>;
  /** The webhook payload in the file of `GITHUB_EVENT_PATH`. */
  readonly event?: unknown;
  readonly home?: string;
  readonly workspace?: string;
  readonly temp?: string;
  readonly debug?: boolean;
  /** The workflow's secrets: masked from the start, and watched for leaks. */
  readonly secrets?: readonly string[];
  /** `ACTIONS_RUNTIME_TOKEN`, for the runner's services. Default: random. Empty: none, as in other runners. */
  readonly runtimeToken?: string;
}

/** One `uses:` step. */
export interface StepOptions {
  /** The step's `id:`, which becomes `GITHUB_ACTION`. */
  readonly id?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until the process group is killed; default 60 000. */
  readonly timeoutMs?: number;
}

/** A step whose main was started, with what its post needs. */
interface StartedStep {
  readonly options: StepOptions;
  readonly main: Promise<StepResult>;
  readonly name: string;
}

/** A step in the background. Its changes reach the job at a `wait:`. */
export interface BackgroundStep {
  readonly result: Promise<StepResult>;
}

/** The state that the steps of a job share and change. */
export interface JobState {
  readonly action: Action;
  readonly node: string;
  readonly folders: JobFolders;
  readonly masker: Masker;
  readonly secrets: Set<string>;
  readonly debug: boolean;
  /** The machine's environment, then the job's, then the additions through `GITHUB_ENV`. */
  environment: Readonly<Record<string, string>>;
  /** The variables of GitHub and the runner, which no step can change. */
  readonly contexts: Readonly<Record<string, string>>;
  /** The variables that GitHub's runner gives an action, but not a `run:` step, for its services. */
  readonly runtime: Readonly<Record<string, string>>;
  pathAdditions: readonly string[];
  /** Background steps that no `wait:` has covered yet, in the order they were queued. */
  unwaited: readonly BackgroundStep[];
  started: readonly StartedStep[];
  steps: number;
  failed: boolean;
}

/** The state of a job before its first step. Rejects when action.yml cannot be used. */
export async function createJobState(options: JobOptions): Promise<JobState> {
  const file = options.actionFile ?? (options.action === undefined ? undefined : join(options.action, 'action.yml'));
  if (file === undefined) {
    throw new Error('startJob needs action or actionFile');
  }
  const action = await loadAction(file);
  const node = options.node ?? process.execPath;
  const folders = await createJobFolders(options);
  const masker = createMasker();
  const environment = { ...machineEnvironment(node, folders), ...options.environment };
  // GitHub's runner masks its own token and every secret of the workflow before the first step.
  const runtimeToken = options.runtimeToken ?? randomUUID();
  const secrets = [runtimeToken, ...(options.secrets ?? [])].filter((value) => value !== '');
  for (const value of [environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? '', ...secrets]) {
    masker.add(value);
  }
  return {
    action,
    node,
    folders,
    masker,
    secrets: new Set(secrets),
    debug: options.debug ?? false,
    environment,
    contexts: {
      ...githubEnvironment(githubContext(options.github)),
      ...runnerEnvironment(folders, options.debug ?? false),
      GITHUB_EVENT_PATH: await writeEvent(folders.temp, options.event ?? {}),
      ...idTokenService(environment),
    },
    runtime: runtimeToken === '' ? {} : { ACTIONS_RUNTIME_TOKEN: runtimeToken },
    pathAdditions: [],
    unwaited: [],
    started: [],
    steps: 0,
    failed: false,
  };
}

// The runner sets these variables last, so that no step can redirect a later one to another token service.
function idTokenService(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => name.startsWith('ACTIONS_ID_TOKEN_REQUEST_')),
  );
}

async function writeEvent(temp: string, event: unknown): Promise<string> {
  const folder = join(temp, '_github_workflow');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'event.json');
  await writeFile(path, JSON.stringify(event));
  return path;
}

/** The environment of a stage: the job's environment, the stage's own, PATH and the contexts; later ones win. */
export function stageEnvironment(state: JobState, own: Readonly<Record<string, string>>): Record<string, string> {
  const environment = { ...state.environment, ...own };
  // The latest addition comes first.
  const path = [...state.pathAdditions].reverse().concat(environment.PATH ?? []);
  return { ...environment, PATH: path.join(delimiter), ...state.contexts };
}
