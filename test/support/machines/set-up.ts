import type { Keys } from '../sts-client.js';
import type { MachineCase } from './machine-case.js';

/** The parts of a machine that are not in its case. */
interface Surroundings {
  readonly home: string;
  /** Keys of the session with that name; `bot` is a user. */
  readonly keysOf: (name: string) => Keys;
  /** The variables of a container with a role. */
  readonly containerVariables: Readonly<Record<string, string>>;
  /** The address of the metadata service, and an address where nothing listens. */
  readonly metadata: string;
  readonly nowhere: string;
}

/** A machine to create: its variables, and its files by path. */
export interface SetUp {
  readonly variables: Readonly<Record<string, string>>;
  readonly config?: string;
  readonly credentials?: string;
  readonly files: Readonly<Record<string, string>>;
}

const roles = {
  '@hub': 'arn:aws:iam::111111111111:role/ci-hub',
  '@deploy': 'arn:aws:iam::222222222222:role/deploy',
} as const;

/** Replaces the placeholders in a machine's texts. */
export function setUp(machine: MachineCase, { home, keysOf, ...services }: Surroundings): SetUp {
  const files: Record<string, string> = {};
  const command = (name: string, changes: object) => {
    const { accessKeyId, secretAccessKey, sessionToken } = keysOf(name);
    const path = `${home}/printed-${Object.keys(files).length}`;
    files[path] = JSON.stringify({
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      ...(sessionToken !== undefined && { SessionToken: sessionToken }),
      ...changes,
    });
    return `/bin/cat ${path}`;
  };
  const spaced = (path: string) => {
    const other = path.replace('/printed', '/printed by');
    files[other] = files[path] ?? '';
    return other;
  };
  const fill = (text: string) =>
    text
      .replaceAll(/@botprocess\b/g, () => command('bot', {}))
      .replaceAll(/@process\((.*?)\)/g, (_, name) => command(name, {}))
      .replaceAll(/@expired\((.*?)\)/g, (_, name) => command(name, { Expiration: '2020-01-01T00:00:00Z' }))
      .replaceAll(/@ending\((.*?)\)/g, (_, name) => command(name, { Expiration: inMinutes(2) }))
      .replaceAll(/@printed\((.*?)\)/g, (_, name) => command(name, {}).replace('/bin/cat ', ''))
      .replaceAll(/@spaced\((.*?)\)/g, (_, name) => spaced(command(name, {}).replace('/bin/cat ', '')))
      .replaceAll(/@tokenfile\b/g, () => {
        files[`${home}/container-token`] = services.containerVariables.AWS_CONTAINER_AUTHORIZATION_TOKEN ?? '';
        return `${home}/container-token`;
      })
      .replaceAll(/@version\((.*?)\)/g, (_, name) => command(name, { Version: '1' }))
      .replaceAll(/@keys\((.*?)\)/g, (_, name) => linesOf(keysOf(name)))
      .replaceAll(/@bot\b/g, () => linesOf(keysOf('bot')))
      .replaceAll(/@id\((.*?)\)/g, (_, name) => keysOf(name).accessKeyId)
      .replaceAll(/@secret\((.*?)\)/g, (_, name) => keysOf(name).secretAccessKey)
      .replaceAll(/@tok\((.*?)\)/g, (_, name) => keysOf(name).sessionToken ?? '')
      .replaceAll(/@(hub|deploy)\b/g, (role) => roles[role as keyof typeof roles])
      .replaceAll(/@token\b/g, `${home}/token`)
      .replaceAll(/@home\b/g, home);
  const { config, credentials, other } = machine;
  const filled = {
    ...(config !== undefined && { config: fill(config) }),
    ...(credentials !== undefined && { credentials: fill(credentials) }),
  };
  if (other !== undefined) {
    files[`${home}/other`] = fill(other);
  }
  return { ...filled, files, variables: variablesOf(machine, fill, { keysOf, ...services }) };
}

function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

function variablesOf(
  { variables = {}, environmentKeys, services = [] }: MachineCase,
  fill: (text: string) => string,
  { keysOf, metadata, nowhere, containerVariables }: Omit<Surroundings, 'home'>,
): Record<string, string> {
  const keys = environmentKeys === undefined ? undefined : keysOf(environmentKeys);
  return {
    // Version 2 of the AWS CLI requires the slash.
    AWS_EC2_METADATA_SERVICE_ENDPOINT: `${services.includes('metadata') ? metadata : nowhere}/`,
    ...(services.includes('container') && containerVariables),
    ...(keys && {
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      ...(keys.sessionToken !== undefined && { AWS_SESSION_TOKEN: keys.sessionToken }),
    }),
    ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, fill(value)])),
  };
}

function linesOf({ accessKeyId, secretAccessKey, sessionToken }: Keys): string {
  const token = sessionToken === undefined ? '' : `\naws_session_token = ${sessionToken}`;
  return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}${token}`;
}

/** The name of an ARN in the table. */
export function nameOf(arn: string): string {
  const name = arn.split('/').at(-1) ?? '';
  if (/^aws-go-sdk-\d+$/.test(name)) {
    return 'instance, then the role';
  }
  return name.startsWith('i-') ? 'instance' : /^[0-9a-f]{32}$/.test(name) ? 'container' : name;
}
