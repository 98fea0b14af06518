import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorldDocument } from '../../emulator/world/world.js';
import { hub } from './example-world.js';
import type { Stage } from './stage.js';
import { policy } from './world-roles.js';

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
export async function profileNames({ job }: Stage, file: 'config' | 'credentials'): Promise<string[]> {
  const text = await readFile(join(job.folders.home, '.aws', file), 'utf8');
  return [...text.matchAll(/^\[(.*)\]$/gm)].map(([, name = '']) => name);
}
