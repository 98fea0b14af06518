import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Action, loadAction } from './action.js';
import { type GithubContext, githubContext, githubEnvironment } from './github-context.js';
import { machineEnvironment, runnerEnvironment } from './job-environment.js';
import { createJobFolders, type JobFolders } from './job-folders.js';
import { createMasker, type Masker } from './masker.js';
import type { StepResult } from './step-result.js';

/** How to start a job around one JavaScript action. */
export interface JobOptions {
  /** The folder that holds action.yml. */
  readonly action?: string;
  /** The action.yml itself, instead of its folder. */
  readonly actionFile?: string;
  /** The Node that runs the action; this process's own when left out. */
  readonly node?: string;
  /** The job's environment, `ACTIONS_ID_TOKEN_REQUEST_*` included; nothing of this process's environment is added. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly github?: Partial<GithubContext>;
  /** The webhook payload behind `GITHUB_EVENT_PATH`. */
  readonly event?: unknown;
  readonly home?: string;
  readonly workspace?: string;
  readonly temp?: string;
  readonly debug?: boolean;
  /** The workflow's secrets, which the runner masks from the start and which are watched for leaks. */
  readonly secrets?: readonly string[];
  /** The job's own token for the runner's services; random when left out, and none where empty, as in other runners. */
  readonly runtimeToken?: string;
}

/** One `uses:` step. */
export interface StepOptions {
  /** The step's `id:`, which names its `GITHUB_ACTION`. */
  readonly id?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until the process group is killed; 60 000 when left out. */
  readonly timeoutMs?: number;
}

/** A step whose main was started, and what its post needs. */
export interface StartedStep {
  readonly options: StepOptions;
  readonly main: Promise<StepResult>;
  readonly name: string;
}

/** A step under way beside others: what it changed reaches the job only when somebody waits for it. */
export interface BackgroundStep {
  readonly result: Promise<StepResult>;
}

/** What the steps of a job share and change. */
export interface JobState {
  readonly action: Action;
  readonly node: string;
  readonly folders: JobFolders;
  readonly masker: Masker;
  readonly secrets: Set<string>;
  readonly debug: boolean;
  /** The machine's, then the job's environment, then what `GITHUB_ENV` added. */
  environment: Readonly<Record<string, string>>;
  /** GitHub's and the runner's own variables, which nothing a step does can change. */
  readonly contexts: Readonly<Record<string, string>>;
  /** What GitHub's runner gives an action, and no `run:` step, to talk to its services. */
  readonly runtime: Readonly<Record<string, string>>;
  pathAdditions: readonly string[];
  /** Steps in the background that nobody has waited for yet, in the order they were queued. */
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
  // GitHub's runner masks the token it hands out and every secret of the workflow before the first step.
  const runtimeToken = options.runtimeToken ?? randomUUID();
  const masked = [environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? '', runtimeToken, ...(options.secrets ?? [])];
  for (const value of masked) {
    if (value !== '') {
      masker.add(value);
    }
  }
  return {
    action,
    node,
    folders,
    masker,
    secrets: new Set([runtimeToken, ...(options.secrets ?? [])].filter((value) => value !== '')),
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

// The runner sets these last, so no step can point a later one at another token service.
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

/** What every stage starts with: the job's environment, its own variables, PATH and the contexts, the last winning. */
export function stageEnvironment(state: JobState, own: Readonly<Record<string, string>>): Record<string, string> {
  const environment = { ...state.environment, ...own };
  // The newest addition comes first.
  const path = [...state.pathAdditions].reverse().concat(environment.PATH ?? []);
  return { ...environment, PATH: path.join(delimiter), ...state.contexts };
}
