import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hub, keys } from './example-world.js';
import { samlAssertion } from './saml-assertion.js';
import type { Stage } from './stage.js';

/** The SAML provider of the example world. */
export const provider = 'arn:aws:iam::111111111111:saml-provider/corp';
/** The inputs for a SAML assertion as base identity. */
export const saml = { 'saml-assertion-file': 'assertion.b64', 'saml-provider-arn': provider } as const;

/** Writes a token file into the workspace; by default the job's own ID token. */
export async function writeToken(stage: Stage, name: string, token?: string): Promise<void> {
  const text = token ?? (await stage.emulator.idToken());
  stage.job.addSecrets(text);
  await writeFile(join(stage.job.folders.workspace, name), `${text}\n`);
}

/** Writes the file that the inputs of `saml` name. */
export async function writeAssertion(stage: Stage): Promise<void> {
  await writeToken(stage, 'assertion.b64', samlAssertion({ roleArn: hub, providerArn: provider, sessionName: 'sam' }));
}

/** Writes AWS files into the job's home folder. */
export async function writeAwsFiles({ job }: Stage, credentials: string, config = ''): Promise<void> {
  const folder = join(job.folders.home, '.aws');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'credentials'), credentials);
  await writeFile(join(folder, 'config'), config);
}

/** A section of the credentials file with the keys of the example world's user. */
export const profileText = (name: string) =>
  `[${name}]\naws_access_key_id = ${keys['aws-access-key-id']}\naws_secret_access_key = ${keys['aws-secret-access-key']}\n`;
