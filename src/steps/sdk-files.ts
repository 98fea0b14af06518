import { devNull, homedir } from 'node:os';
import { join } from 'node:path';
import { FileProblem } from '../disk/file-problem.js';
import { namesIn } from '../disk/leftovers.js';
import { existsLinked, isThere, linkedFileFault } from '../disk/linked-file.js';
import type { Environment } from '../domain/input/environment.js';
import { awsFiles } from './machine-files.js';

/**
 * The AWS SDK opens files by itself, and would wait for a pipe or read a device without an end. So it is led past AWS files
 * that are none; who needs them learns it where this action reads them. Throws a `FileProblem` on the token file of the
 * container, which only the SDK reads.
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
  }
}

function refuseMissing(path: string): void {
  if (!existsLinked(path)) {
    const fix = 'Check AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: whoever starts the container sets it.';
    throw new FileProblem(`${path} does not exist.`, { path, fix });
  }
}

/** Throws a `FileProblem` on what is no file among the tokens that the SDK keeps for IAM Identity Center and `aws login`. */
export function guardTokenCaches(environment: Environment): void {
  const home = environment.HOME || environment.USERPROFILE || homedir();
  for (const folder of [join(home, '.aws', 'sso', 'cache'), join(home, '.aws', 'login', 'cache')]) {
    for (const name of namesIn(folder)) {
      refuse(join(folder, name));
    }
  }
}

/** Variables with settings for STS, besides those that the action gives the SDK itself. */
const settings = ['AWS_USE_DUALSTACK_ENDPOINT', 'AWS_USE_FIPS_ENDPOINT', 'AWS_SDK_UA_APP_ID', 'AWS_DEFAULTS_MODE'];

/** Whether the AWS SDK may find settings for STS on this machine. It takes milliseconds to find none. */
export function mayFindSettings(): boolean {
  return settings.some((name) => process.env[name] !== undefined) || Object.values(awsFiles(process.env)).some(isThere);
}

function refuse(path: string): void {
  const fault = linkedFileFault(path);
  if (fault !== undefined) {
    throw fault;
  }
}
