import { execFile } from 'node:child_process';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';
import { whoAmI } from './programs.js';

const path = process.env.PATH ?? '';

/** Runs a client as a later step would: with the job's variables and, from this process, only PATH. */
export async function runClient(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const env = { ...environment, PATH: [path, environment.PATH ?? ''].join(delimiter) };
  const { stdout } = await promisify(execFile)(command, args, { env, timeout: 20_000 });
  return stdout.trim();
}

/** The ARN of the AWS CLI's identity, for a profile if given. */
export function cliArn(environment: Readonly<Record<string, string>>, profile?: string): Promise<string> {
  const named = profile === undefined ? [] : ['--profile', profile];
  return runClient('aws', [...named, ...whoAmI], { AWS_DEFAULT_REGION: 'us-east-1', ...environment });
}
