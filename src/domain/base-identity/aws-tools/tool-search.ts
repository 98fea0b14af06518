import type { MachineOrigin } from '../../chain/base-identity.js';
import { readRoleArn } from '../../identifiers/role-arn.js';
import { quote } from '../../input/quote.js';
import type { Machine } from '../machine.js';
import { environmentKeys, hasContainer, type Provider } from '../provider.js';

/** The identity that a tool selects on a machine, worked out without any call; a fault if the tool would fail. */
export type ToolIdentity =
  | {
      readonly kind: 'found';
      readonly origin: MachineOrigin;
      readonly provider: Provider;
      /** The names of the profiles that the tool reads for it. */
      readonly profiles?: readonly string[];
    }
  | { readonly kind: 'fault'; readonly fault: string; readonly profile?: string };

/**
 * AWS's tools, grouped by how they search for credentials. The AWS CLI and boto3 share that code; version 2 of the AWS
 * CLI prefers another variable for the current profile.
 */
export const tools = ['AWS CLI and boto3', 'AWS CLI 2', 'AWS SDK for Go', 'AWS SDK for JavaScript'] as const;

/** One of AWS's tools. */
export type Tool = (typeof tools)[number];

/** The fault that the profile which a variable names is missing. */
export function missing(name: string): ToolIdentity {
  return { kind: 'fault', fault: 'there is no such profile', profile: name };
}

/** The identity of the keys in the environment. */
export function keysFound(environment: Machine['environment']): ToolIdentity {
  return { kind: 'found', origin: { kind: 'environment' }, provider: environmentKeys(environment) };
}

/** The identity of a token file and a role in variables, as in a pod of EKS; undefined if no variable names a file. */
export function webIdentityFound({
  AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
  AWS_ROLE_ARN: roleArn,
  AWS_ROLE_SESSION_NAME: roleSessionName,
}: Machine['environment']): ToolIdentity | undefined {
  if (!tokenFile) {
    return undefined;
  }
  if (!roleArn) {
    return { kind: 'fault', fault: 'AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not' };
  }
  const role = readRoleArn(roleArn);
  if (role === undefined) {
    return { kind: 'fault', fault: `AWS_ROLE_ARN ${quote(roleArn)} is not the ARN of a role` };
  }
  const provider = { kind: 'web-identity', role, tokenFile, ...(roleSessionName && { roleSessionName }) } as const;
  return { kind: 'found', origin: { kind: 'web-identity' }, provider };
}

/** The last source of every tool: the container endpoint, else the metadata service. */
export function lastFound(environment: Machine['environment']): ToolIdentity {
  const kind = hasContainer(environment) ? 'container' : 'metadata';
  return { kind: 'found', origin: { kind }, provider: { kind } };
}

/** Returns the environment without AWS_SECURITY_TOKEN, which only the AWS CLI and boto3 read. */
export function withoutOlderToken({
  AWS_SECURITY_TOKEN: _,
  ...environment
}: Machine['environment']): Machine['environment'] {
  return environment;
}
