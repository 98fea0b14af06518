import type { Environment } from '../../domain/input/environment.js';
import { longSecretValues } from '../../domain/shared-config/secrets-in-files.js';
import { awsFiles, readMachineFile } from './machine-files.js';

/** The secrets in the machine's AWS files, and the tokens in the files that its variables name. */
export async function machineSecrets(environment: Environment): Promise<readonly string[]> {
  const { AWS_WEB_IDENTITY_TOKEN_FILE, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE } = environment;
  const paths = [AWS_WEB_IDENTITY_TOKEN_FILE, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE].flatMap((path) => path || []);
  const files = await Promise.all(Object.values(awsFiles(environment)).map(readMachineFile));
  const tokens = await Promise.all(paths.map(readMachineFile));
  return [...files.flatMap(({ text = '' }) => longSecretValues(text)), ...tokens.map(({ text = '' }) => text.trim())];
}
