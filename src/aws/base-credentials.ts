import type { Provider } from '../domain/base-identity/provider.js';
import { CallFailed } from '../domain/calls/call-failure.js';
import type { BaseIdentity } from '../domain/chain/base-identity.js';
import type { Caller } from '../domain/chain/caller.js';
import type { Hop } from '../domain/chain/hop.js';
import type { IdentityArn, RoleArn } from '../domain/identifiers/arn.js';
import { areTemporary, type Credentials, malformedKey, secretsOf } from '../domain/identifiers/credentials.js';
import type { RoleChaining } from '../domain/session-limits/duration-limits.js';
import {
  containerCredentials,
  metadataCredentials,
  metadataIfThere,
  profileCredentials,
} from './machine-credentials.js';
import { makeHop } from './make-hop.js';
import type { BaseServices } from './walk-services.js';

/**
 * The credentials of a base identity. Their source may also show the identity, and whether a hop with them is role
 * chaining.
 */
export interface BaseCredentials {
  readonly credentials: Credentials;
  readonly chaining?: RoleChaining;
  readonly identity?: IdentityArn;
}

/** Gets the credentials of a base identity that is not a token; rejects with CallFailed. Loads the SDK on demand. */
export async function baseCredentials(base: BaseIdentity, services: BaseServices): Promise<BaseCredentials> {
  switch (base.kind) {
    case 'access-keys':
    case 'Environment':
      return { credentials: base.credentials };
    case 'EcsContainer':
      return providerCredentials({ kind: 'container' }, services);
    case 'Ec2InstanceMetadata':
      return providerCredentials({ kind: 'metadata' }, services);
    case 'default-chain': {
      const { origin } = base;
      if (origin.kind === 'metadata') {
        return { credentials: await metadataIfThere(services.signal), chaining: 'unsure' };
      }
      const provider = await services.providerOf(origin);
      const credentials = providerCredentials(provider, services);
      return origin.kind === 'profile'
        ? credentials.catch((error) => Promise.reject(ofProfile(error, origin.name)))
        : credentials;
    }
    default:
      throw new Error(`${base.kind} is a token, not credentials.`);
  }
}

/** Gets the credentials of a provider; rejects with CallFailed. */
export async function providerCredentials(provider: Provider, services: BaseServices): Promise<BaseCredentials> {
  const { signal, token } = services;
  switch (provider.kind) {
    case 'keys':
      return keysRead(provider.credentials);
    case 'container':
      return { credentials: await containerCredentials(signal), chaining: 'yes' };
    case 'metadata':
      return { credentials: await metadataCredentials(signal), chaining: 'unsure' };
    case 'process':
    case 'sso':
    case 'login':
      return keysRead(await profileCredentials(provider, signal));
    case 'web-identity': {
      const base = { kind: 'web-identity', tokenFile: provider.tokenFile } as const;
      const caller: Caller = { kind: 'token', token: (refused) => token(base, refused) };
      return sessionOf({ ...provider, operation: 'AssumeRoleWithWebIdentity' }, caller, services);
    }
    case 'assume-role': {
      const { credentials } = await providerCredentials(provider.source, services);
      services.progress.mask(secretsOf(credentials));
      return sessionOf({ ...provider, operation: 'AssumeRole' }, { kind: 'credentials', credentials }, services);
    }
  }
}

function keysRead(credentials: Credentials): BaseCredentials {
  const malformed = malformedKey(credentials);
  if (malformed !== undefined) {
    const message = `the keys that were found cannot be used: ${malformed}`;
    throw new CallFailed({ operation: 'GetCredentials', code: 'CredentialsNotFound', message, attempts: 1 });
  }
  return areTemporary(credentials) ? { credentials } : { credentials, chaining: 'no' };
}

const defaultSessionName = 'GitHubActions';
const defaultDuration = 3_600;

/** Assumes the role that the machine's AWS files or variables configure, and returns its session. */
async function sessionOf(
  named: {
    readonly operation: Hop['operation'];
    readonly role: RoleArn;
    readonly roleSessionName?: string;
    readonly externalId?: string;
    readonly durationSeconds?: number;
  },
  caller: Caller,
  services: BaseServices,
): Promise<BaseCredentials> {
  const {
    operation,
    role,
    roleSessionName = defaultSessionName,
    externalId,
    durationSeconds = defaultDuration,
  } = named;
  const hop: Hop = {
    where: `role_arn ${role.arn}`,
    operation,
    role,
    roleSessionName,
    durationSeconds,
    chaining: 'no',
    ...(externalId !== undefined && { externalId }),
    policyArns: [],
    tags: [],
    transitiveTagKeys: [],
    allowedAccountIds: [],
  };
  // `no` skips this action's own check of the duration: only AWS knows the limit for the machine's role.
  const session = await makeHop(hop, { ...caller, chaining: 'no' }, { ...services, alphanumericSecret: false });
  return { credentials: session.credentials, chaining: 'yes', identity: session.identity };
}

/** Adds the profile's name to the message of a failure. */
function ofProfile(error: unknown, profile: string): unknown {
  if (!(error instanceof CallFailed) || error.failure.message.includes(`profile ${profile}`)) {
    return error;
  }
  const { failure } = error;
  return new CallFailed({ ...failure, message: `${failure.message} (for the profile ${profile})` }, { cause: error });
}
