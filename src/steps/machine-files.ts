import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { readIfPresent } from '../disk/private-file.js';
import type { Environment } from '../domain/input/environment.js';
import { InvalidRequest } from '../domain/input/problem.js';
import { sharedConfigPaths } from '../domain/shared-config/paths.js';
import { secretValues } from '../domain/shared-config/secret-values.js';
import { readSections } from '../domain/shared-config/sections.js';

/** Names of the profiles in the machine's own AWS files. */
export async function machineProfiles(environment: Environment): Promise<readonly string[]> {
  const { configFile, credentialsFile } = awsFiles(environment);
  const texts = await Promise.all([configFile, credentialsFile].map(readQuietly));
  const sections = texts.flatMap((text) => readSections(text));
  return [...new Set(sections.map(({ name }) => name.replace(/^profile /, '')))];
}

/** Every value in the machine's own AWS files that gives access. */
export async function machineSecrets(environment: Environment): Promise<readonly string[]> {
  const texts = await Promise.all(Object.values(awsFiles(environment)).map(readQuietly));
  return texts.flatMap(secretValues);
}

/** The two files in which the AWS CLI and the SDKs look for profiles. */
export function awsFiles(environment: Environment): { readonly configFile: string; readonly credentialsFile: string } {
  return sharedConfigPaths(environment, environment.HOME || environment.USERPROFILE || homedir());
}

/** A path of the workflow: relative ones lie in the workspace. */
export function workspacePath(path: string, environment: Environment): string {
  return isAbsolute(path) ? path : join(environment.GITHUB_WORKSPACE ?? process.cwd(), path);
}

/** Reads the role-chain file; a missing one is a problem of the request. */
export async function readRoleChainFile(
  path: string,
  environment: Environment,
): Promise<{ path: string; text: string }> {
  const text = await readIfPresent(workspacePath(path, environment));
  if (text === undefined) {
    const fix = 'Check the path, and that actions/checkout ran before this step';
    throw new InvalidRequest([{ where: 'role-chain-file', what: `there is no file ${path}`, fix }]);
  }
  return { path, text };
}

/** Only names are wanted here; a file that cannot be read is told where it is needed. */
async function readQuietly(path: string): Promise<string> {
  try {
    return (await readIfPresent(path)) ?? '';
  } catch {
    return '';
  }
}
