import { devNull, homedir } from 'node:os';
import { join } from 'node:path';
import { FileProblem } from '../../disk/files/file-problem.js';
import { namesIn } from '../../disk/files/leftovers.js';
import { existsLinked, isThere, linkedFileFault, refuseUnreadable } from '../../disk/files/linked-file.js';
import type { Environment } from '../../domain/input/environment.js';
import { awsFiles } from './machine-files.js';

/**
 * Keeps the AWS SDK from opening files on which it would block, such as a pipe. AWS files that are not regular are
 * replaced by the null device for the SDK; this action itself reports them when it reads them. Throws a `FileProblem`
 * if the token file of the container, which only the SDK reads, cannot be read.
 */
export function replaceBlockingFiles(environment: Environment, { usesContainer }: { usesContainer: boolean }): void {
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

/**
 * Throws a `FileProblem` if the SDK's token caches for IAM Identity Center or `aws login` have a file that is not
 * regular.
 */
export function refuseBlockingCaches(environment: Environment): void {
  const home = environment.HOME || environment.USERPROFILE || homedir();
  for (const folder of [join(home, '.aws', 'sso', 'cache'), join(home, '.aws', 'login', 'cache')]) {
    for (const name of namesIn(folder)) {
      refuse(join(folder, name));
    }
  }
}

/** The variables from which the SDK reads settings for STS, except those whose values this action passes to the SDK. */
const settings = [
  'AWS_DEFAULTS_MODE',
  'AWS_DISABLE_CLOCK_SKEW_CORRECTION',
  'AWS_SDK_UA_APP_ID',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_USE_FIPS_ENDPOINT',
];

/**
 * Whether the AWS SDK may find settings for STS on this machine. If not, its search, which takes milliseconds, is
 * skipped.
 */
export function mayFindSettings(): boolean {
  return settings.some((name) => process.env[name] !== undefined) || Object.values(awsFiles(process.env)).some(isThere);
}

function refuse(path: string): void {
  const fault = linkedFileFault(path);
  if (fault !== undefined) {
    throw fault;
  }
}
