import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The arguments with which the AWS CLI prints the ARN of its identity. */
export const whoAmI = ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'] as const;

/** The full path of a program, because a job's PATH is shorter than this machine's. */
export function find(program: string): string {
  return programs(program)[0] ?? '';
}

/** The paths of a program in the folders of PATH. */
export function programs(name: string): readonly string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).filter(isExecutable);
}

/** The output of a program; empty if it fails. */
export function outputOf(program: string, ...args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether a program runs and exits with 0. */
export function works(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return program !== '';
  } catch {
    return false;
  }
}

/** Whether a program is installed. If not, prints that its tests are skipped. */
export function available(name: string, isAvailable: boolean): boolean {
  if (!isAvailable) {
    console.log(`skipped: ${name} is not installed`);
  }
  return isAvailable;
}
