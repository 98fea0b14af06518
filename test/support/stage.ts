import { onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../emulator/server/emulator.js';
import type { RecordedRequest } from '../../emulator/server/record-request.js';
import type { WorldDocument } from '../../emulator/world/world.js';
import { type Job, startJob } from '../../runner/job.js';
import type { JobOptions, StepOptions } from '../../runner/job-state.js';
import type { StepResult } from '../../runner/step-result.js';
import { root } from '../../scripts/root.js';
import { checkedPosts, checkedStep, ended, refusal } from './checked-step.js';
import { actionNode } from './entry-points.js';
import { keys } from './example-world.js';
import { type Files, putFiles } from './folders.js';
import { listenForSecrets } from './sent-secrets.js';
import { startExample } from './start-example.js';

/*
 * A stage is an emulator of the example world and a job. The job runs the built `dist/` as GitHub's runner does, on the
 * Node that ACTION_NODE names, else on this one:
 *
 *   const stage = await openStage({ change: (world) => { … }, environment: { … } });
 *   const step = await stage.succeeds({ 'role-chain': chainOf(hub, deploy) });
 *   expect(stage.calls()).toEqual([`AssumeRoleWithWebIdentity ${hub}`, `AssumeRole ${deploy}`]);
 *
 * `run` runs one step and checks the rules of every step: secrets appear only in the commands that mask them; every
 * secret that the servers sent is masked; no stack trace; and after a failure exit code 1, one error annotation with a
 * title, no variable, no output, and no changed file in home and temp. `succeeds` and `fails` also check the
 * conclusion; `refuses` checks a failure before any request, with every given text in its message. `finish` runs the
 * post steps in reverse order. Tests that do not need OIDC use `keys` as base identity; `idToken: false` removes the
 * job's ID token. Everything ends with the test.
 */

/** The ARN of a session, as the step's outputs name it. */
export const session = (roleArn: string, name = 'GitHubActions') =>
  `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${name}`;

/** Roles as the lines of `role-chain`. */
export const chainOf = (...roles: readonly string[]) => roles.join('\n');

/** Options of a stage; all have defaults. */
export interface StageOptions {
  /** Changes the example world before the emulator starts. */
  readonly change?: (world: WorldDocument) => void;
  readonly emulator?: Partial<Omit<EmulatorOptions, 'world'>>;
  /** Additional variables of the job; they override those of the emulator. */
  readonly environment?: Variables | ((emulator: Emulator) => Variables | Promise<Variables>);
  /** Whether the job can request an ID token; default true. */
  readonly idToken?: boolean;
  /** Whether the job has an AWS_REGION; true unless given. */
  readonly region?: boolean;
  /** Files of the home folder and of the workspace, by relative path. */
  readonly home?: Files;
  readonly workspace?: Files;
  readonly job?: Omit<JobOptions, 'action' | 'actionFile' | 'environment'>;
}

/** An emulator, a job, and functions that run steps. */
export interface Stage {
  readonly emulator: Emulator;
  readonly job: Job;
  readonly run: (inputs?: Variables, options?: Omit<StepOptions, 'with'>) => Promise<StepResult>;
  readonly succeeds: Stage['run'];
  readonly fails: Stage['run'];
  readonly refuses: (inputs: Variables, ...texts: readonly (string | RegExp)[]) => Promise<StepResult>;
  readonly finish: () => Promise<StepResult[]>;
  /** The STS calls so far, as `Operation roleArn`; without ID tokens and metadata. */
  readonly calls: () => string[];
  /** The recorded requests of one operation. */
  readonly requests: (operation: string) => RecordedRequest[];
}

type Variables = Readonly<Record<string, string>>;

/** Opens a stage that ends with the test. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const emulator = await startExample(options.change, options.emulator);
  onTestFinished(emulator.close);
  const sent = listenForSecrets(Number(new URL(emulator.url).port));
  onTestFinished(sent.stop);
  const job = await startJob({
    node: actionNode,
    ...options.job,
    action: root,
    environment: { ...pointers(emulator, options), ...(await variables(options, emulator)) },
  });
  onTestFinished(job.close);
  await putFiles(job.folders.home, options.home);
  await putFiles(job.folders.workspace, options.workspace);
  job.addSecrets(keys['aws-secret-access-key'], job.environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? '');
  const run: Stage['run'] = (inputs = {}, step = {}) => checkedStep(job, sent, { ...step, with: inputs });
  const succeeds: Stage['run'] = async (inputs, step) => ended(await run(inputs, step), 'success');
  const fails: Stage['run'] = async (inputs, step) => ended(await run(inputs, step), 'failure');
  return {
    emulator,
    job,
    run,
    succeeds,
    fails,
    refuses: async (inputs, ...texts) => refusal(await fails(inputs), texts, emulator),
    finish: () => checkedPosts(job),
    calls: () => emulator.requests.filter(isSts).map(callText),
    requests: (operation) => emulator.requests.filter((request) => request.operation === operation),
  };
}

function pointers(emulator: Emulator, { idToken = true, region = true }: StageOptions): Variables {
  const { AWS_ENDPOINT_URL_STS = '', ...job } = emulator.environment;
  return { AWS_ENDPOINT_URL_STS, ...(region && { AWS_REGION: 'eu-west-1' }), ...(idToken && job) };
}

function variables({ environment }: StageOptions, emulator: Emulator): Variables | Promise<Variables> {
  return typeof environment === 'function' ? environment(emulator) : (environment ?? {});
}

const isSts = ({ operation }: RecordedRequest) =>
  !/^Get(IdToken|InstanceMetadata|ContainerCredentials)$/.test(operation);

function callText({ operation, parameters }: RecordedRequest): string {
  return parameters.RoleArn === undefined ? operation : `${operation} ${parameters.RoleArn}`;
}
