import { devNull, homedir } from 'node:os';
import { join } from 'node:path';
import { FileProblem } from '../../disk/files/file-problem.js';
import { namesIn } from '../../disk/files/leftovers.js';
import { existsLinked, isThere, linkedFileFault, refuseUnreadable } from '../../disk/files/linked-file.js';
import type { Environment } from '../../domain/input/environment.js';
import { awsFiles } from './machine-files.js';

/**
 * The AWS SDK opens files itself, and would block on a pipe or an endless device. So it gets an empty path instead of
 * AWS files that are not regular; this action reports those when it reads them. Throws a `FileProblem` on the token
 * file of the container, which only the SDK reads.
 */
export function guardSdkFiles(environment: Environment, { usesContainer }: { usesContainer: boolean }): void {
  const { configFile, credentialsFile } = awsFiles(environment);
  for (const [name, path] of [
    ['AWS_CONFIG_FILE', configFile],
    ['AWS_SHARED_CREDENTIALS_FILE', credentialsFile],
  ] as const) {
    if (linkedFileFault(path) !== undefined) {
      process.env[name] = devNull;
    }
  }
  const tokenFile = environment.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  if (usesContainer && tokenFile) {
    refuse(tokenFile);
    refuseMissing(tokenFile);
    refuseUnreadable(tokenFile);
  }
}

function refuseMissing(path: string): void {
  if (!existsLinked(path)) {
    const fix = 'Check AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: whoever starts the container sets it.';
    throw new FileProblem(`${path} does not exist.`, { path, fix });
  }
}

/** Throws a `FileProblem` on a non-regular file in the SDK's token caches of IAM Identity Center and `aws login`. */
export function guardTokenCaches(environment: Environment): void {
  const home = environment.HOME || environment.USERPROFILE || homedir();
  for (const folder of [join(home, '.aws', 'sso', 'cache'), join(home, '.aws', 'login', 'cache')]) {
    for (const name of namesIn(folder)) {
      refuse(join(folder, name));
    }
  }
}

/** STS settings variables, except those that the action passes to the SDK itself. */
const settings = [
  'AWS_DEFAULTS_MODE',
  'AWS_DISABLE_CLOCK_SKEW_CORRECTION',
  'AWS_SDK_UA_APP_ID',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_USE_FIPS_ENDPOINT',
];

/** Whether the AWS SDK may find STS settings on this machine. Its search takes milliseconds. */
export function mayFindSettings(): boolean {
  return settings.some((name) => process.env[name] !== undefined) || Object.values(awsFiles(process.env)).some(isThere);
}

function refuse(path: string): void {
  const fault = linkedFileFault(path);
  if (fault !== undefined) {
    throw fault;
  }
}
