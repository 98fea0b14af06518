import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Emulator } from '../../emulator/server/emulator.js';
import type { WorldDocument } from '../../emulator/world/world.js';
import { type Job, startJob } from '../../runner/job.js';
import type { JobOptions } from '../../runner/job-state.js';
import { root } from '../../scripts/root.js';
import { policy, startChanged } from '../emulator/callers.js';
import { hub } from './example-world.js';

/** A job with the built action, and its emulator. */
export interface JobSetup {
  readonly emulator: Emulator;
  readonly job: Job;
}

/** Differences from a job of the example world that can request an ID token. */
export interface JobSetupOptions {
  readonly world?: (world: WorldDocument) => void;
  readonly latencyMs?: number;
  /** Omits the variables of the ID token. */
  readonly withoutIdToken?: boolean;
  readonly environment?: (emulator: Emulator) => Record<string, string>;
  /** Files of the home folder and of the workspace, by relative path. */
  readonly home?: Readonly<Record<string, string>>;
  readonly workspace?: Readonly<Record<string, string>>;
  readonly secrets?: JobOptions['secrets'];
}

/** Starts an emulator and a job with this repository's action; both end with the test. */
export async function openJobSetup(options: JobSetupOptions = {}): Promise<JobSetup> {
  const { latencyMs = 0, withoutIdToken = false } = options;
  const emulator = await startChanged(options.world, { latencyMs });
  onTestFinished(emulator.close);
  const all = { ...emulator.environment, ...options.environment?.(emulator) };
  const environment = Object.fromEntries(
    Object.entries(all).filter(([name]) => !(withoutIdToken && name.startsWith('ACTIONS_ID_TOKEN'))),
  );
  const job = await startJob({
    action: root,
    environment,
    ...(options.secrets && { secrets: options.secrets }),
  });
  onTestFinished(job.close);
  await putFiles(job.folders.home, options.home ?? {});
  await putFiles(job.folders.workspace, options.workspace ?? {});
  return { emulator, job };
}

async function putFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { mode: 0o600 });
  }
}

/** A section of the credentials file with the keys of the example world's user. */
export function botSection(name = 'default'): string {
  return [
    `[${name}]`,
    `aws_access_key_id = ${'AKIAIOSFODNN7EXAMPLE'}`,
    `aws_secret_access_key = ${'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'}`,
    '',
  ].join('\n');
}

/** The account ID of a spoke; numbers start at 1. */
export function spokeAccount(index: number): string {
  return `44${String(index).padStart(10, '0')}`;
}

/** The role in a spoke that the hub may assume. */
export function spokeRole(index: number): string {
  return `arn:aws:iam::${spokeAccount(index)}:role/deploy`;
}

/** Adds spokes to a world, each with a role that the hub may assume. */
export function withSpokes(count: number): (world: WorldDocument) => void {
  return (world) => {
    for (let index = 1; index <= count; index += 1) {
      const trustPolicy = policy({ Principal: { AWS: hub }, Action: ['sts:AssumeRole', 'sts:TagSession'] });
      world.accounts[spokeAccount(index)] = { roles: { deploy: { trustPolicy } } };
    }
    const role = world.accounts['111111111111']?.roles?.['ci-hub'];
    role?.policies?.push(policy({ Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/deploy' }));
  };
}

/** `targets` as a map: each spoke after the hub, named `spoke-N`. */
export function spokeTargets(count: number): string {
  const lines = Array.from({ length: count }, (_, at) => `spoke-${at + 1}: [${hub}, ${spokeRole(at + 1)}]`);
  return lines.join('\n');
}

/** The requests of one operation, in order of arrival. */
export function asked(emulator: Emulator, operation: string): Emulator['requests'] {
  return emulator.requests.filter((request) => request.operation === operation);
}

/** Everything under a folder: each path with its mode and content. */
export async function snapshot(folder: string): Promise<Readonly<Record<string, string>>> {
  const paths = await readdir(folder, { recursive: true });
  const entries = paths.sort().map(async (path) => {
    const stats = await lstat(join(folder, path));
    const bytes = stats.isFile() ? (await readFile(join(folder, path))).toString('base64') : '';
    return [path, `${(stats.mode & 0o777).toString(8)} ${bytes}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The section names of an AWS file in the job's home folder. */
export async function profileNames({ job }: JobSetup, file: 'config' | 'credentials'): Promise<string[]> {
  const text = await readFile(join(job.folders.home, '.aws', file), 'utf8');
  return [...text.matchAll(/^\[(.*)\]$/gm)].map(([, name = '']) => name);
}
