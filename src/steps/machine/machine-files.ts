import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { FileProblem } from '../../disk/files/file-problem.js';
import { readLinked } from '../../disk/files/linked-file.js';
import { readIfPresent } from '../../disk/files/private-file.js';
import { limits } from '../../disk/files/regular-file.js';
import type { Environment } from '../../domain/input/environment.js';
import { InvalidRequest } from '../../domain/input/problem.js';
import { sharedConfigPaths } from '../../domain/shared-config/paths.js';
import { readSharedConfig } from '../../domain/shared-config/read-shared-config.js';
import type { SharedConfig, SharedConfigFile } from '../../domain/shared-config/shared-config.js';

/**
 * Reads the machine's AWS files; the result contains their faults. Calls `prepareFor` with the texts before it parses
 * them.
 */
export async function readMachineFiles(
  environment: Environment,
  prepareFor: (texts: readonly string[]) => void = () => undefined,
): Promise<SharedConfig> {
  const { configFile, credentialsFile } = awsFiles(environment);
  const config = withVariableFault('AWS_CONFIG_FILE', environment, await readMachineFile(configFile));
  const credentials = withVariableFault(
    'AWS_SHARED_CREDENTIALS_FILE',
    environment,
    await readMachineFile(credentialsFile),
  );
  prepareFor([config.text ?? '', credentials.text ?? '']);
  if (last === undefined || !isSame(last.config, config) || !isSame(last.credentials, credentials)) {
    last = { config, credentials, read: readSharedConfig(config, credentials) };
  }
  return last.read;
}

/** The result of the last call, so that unchanged files are not parsed again. */
let last:
  | { readonly config: SharedConfigFile; readonly credentials: SharedConfigFile; readonly read: SharedConfig }
  | undefined;

function isSame(one: SharedConfigFile, other: SharedConfigFile): boolean {
  return one.path === other.path && one.text === other.text && one.fault === other.fault;
}

/** The paths of the AWS files on this machine. */
export function awsFiles(environment: Environment): { readonly configFile: string; readonly credentialsFile: string } {
  return sharedConfigPaths(environment, environment.HOME || environment.USERPROFILE || homedir());
}

/** The job's temporary folder. */
export function temporaryFolder({ RUNNER_TEMP }: Environment): string {
  return RUNNER_TEMP || tmpdir();
}

/** Resolves a path that the workflow gives: a relative path is in the workspace. */
export function workspacePath(path: string, environment: Environment): string {
  return isAbsolute(path) ? path : join(environment.GITHUB_WORKSPACE ?? process.cwd(), path);
}

/** Reads the role-chain file; throws InvalidRequest if it is missing or cannot be read. */
export async function readRoleChainFile(
  path: string,
  environment: Environment,
): Promise<{ path: string; text: string }> {
  const text = await readIfPresent(workspacePath(path, environment), limits.roleChainFile).catch(refused);
  if (text === undefined) {
    const fix = 'Check the path, and that actions/checkout ran before this step';
    throw new InvalidRequest([{ where: 'role-chain-file', what: `there is no file ${path}`, fix }]);
  }
  return { path, text };
}

/** Adds a fault to an AWS file whose variable is empty or contains a `$`: tools then disagree which file to read. */
function withVariableFault(name: string, environment: Environment, file: SharedConfigFile): SharedConfigFile {
  const value = environment[name];
  if (value === '' && file.text) {
    const fault = `is read by some tools only, because ${name} is empty: the AWS CLI and boto3 then read no file`;
    return { ...file, fault };
  }
  return value?.includes('$') && file.text === undefined && file.fault === undefined
    ? { ...file, fault: `is not there: ${name} contains a $, and only the AWS CLI and boto3 replace variables` }
    : file;
}

function refused(error: unknown): never {
  if (error instanceof FileProblem) {
    const { message, fix } = error;
    throw new InvalidRequest([{ where: 'role-chain-file', what: message.replace(/\.$/, ''), fix }]);
  }
  throw error;
}

/** Reads an AWS file or a file that a variable names; the result contains its fault. */
export async function readMachineFile(path: string): Promise<SharedConfigFile> {
  try {
    const text = await readLinked(path);
    return { path, ...(text !== undefined && { text }) };
  } catch (error) {
    if (!(error instanceof FileProblem)) {
      throw error;
    }
    return { path, fault: error.message.replace(`${path} `, '').replace(/\.$/, '') };
  }
}
