import { CallFailed } from '../domain/calls/call-failure.js';
import type { BaseIdentity } from '../domain/chain/base-identity.js';
import type { Walker } from '../domain/chain/caller.js';
import { firstHopChaining } from '../domain/chain/first-hop.js';
import type { Target } from '../domain/chain/target.js';
import type { IdentityArn } from '../domain/identifiers/arn.js';
import { areTemporary, type Credentials, secretsOf } from '../domain/identifiers/credentials.js';
import type { RoleChaining } from '../domain/session-limits/duration-limits.js';
import { baseCredentials } from './base-credentials.js';
import { callerIdentity } from './sts-calls.js';
import type { BaseServices } from './walk-services.js';
import { withRetries } from './with-retries.js';

/**
 * Opens a base identity and returns the caller of the first hops; rejects with CallFailed. The hop itself requests a
 * token. Credentials are read here, and identified with GetCallerIdentity only if a hop depends on who they are.
 */
export async function openBase(
  base: BaseIdentity,
  targets: readonly Target[],
  services: BaseServices,
): Promise<Walker> {
  if (base.kind === 'oidc' || base.kind === 'web-identity' || base.kind === 'saml') {
    return { kind: 'token', token: (refused) => services.token(base, refused), chaining: 'no' };
  }
  const { credentials, chaining, identity: named } = await baseCredentials(base, services);
  services.progress.mask(secretsOf(credentials));
  const declared = firstHopChaining(base);
  const known = declared === 'ask' ? chaining : declared;
  if (named !== undefined) {
    return { kind: 'credentials', credentials, identity: named, chaining: known ?? 'yes' };
  }
  const needsAccount = targets.some(({ hops }) => hops[0] === undefined || !('arn' in hops[0].role));
  if (!needsAccount && isSettled(base, known, credentials)) {
    return { kind: 'credentials', credentials, chaining: known ?? 'no' };
  }
  const identity = await identify(credentials, needsAccount, services);
  if (identity === undefined) {
    return { kind: 'credentials', credentials, chaining: known ?? 'unsure' };
  }
  refuseUnusable(identity, targets);
  const isInstance = identity.kind === 'assumed-role' && /^i-[0-9a-f]{8,17}$/.test(identity.roleSessionName);
  return { kind: 'credentials', credentials, identity, chaining: known ?? (isInstance ? 'unsure' : 'yes') };
}

/**
 * Whether credentials need no GetCallerIdentity. Long-term keys and a machine's role can assume roles; other temporary
 * credentials may be those of a federated user or of root, which cannot.
 */
function isSettled({ kind }: BaseIdentity, known: RoleChaining | undefined, credentials: Credentials): boolean {
  const isMachine = kind === 'EcsContainer' || kind === 'Ec2InstanceMetadata' || kind === 'default-chain';
  return !areTemporary(credentials) || (isMachine && known !== undefined);
}

/**
 * Identifies credentials with GetCallerIdentity. If the identity is not needed, returns undefined where a policy denies
 * the call, or a non-AWS STS does not support it; rejects with CallFailed otherwise.
 */
async function identify(
  credentials: Credentials,
  isNeeded: boolean,
  services: BaseServices,
): Promise<IdentityArn | undefined> {
  try {
    const operation = 'GetCallerIdentity';
    const attempt = (count: number) =>
      callerIdentity(services.sts, { credentials, signal: services.signal, attempt: count });
    const rules = isNeeded ? services.rules : { ...services.rules, includesFreshRoles: false };
    return await withRetries({ what: operation, operation, attempt }, { ...services, rules });
  } catch (error) {
    if (error instanceof CallFailed && !isNeeded && isUnanswered(error.failure, services.sts)) {
      return undefined;
    }
    throw error;
  }
}

/** Whether a failure of GetCallerIdentity says nothing about the credentials. */
function isUnanswered({ code, status }: CallFailed['failure'], { isAws }: BaseServices['sts']): boolean {
  return refusedCodes.test(code) || (!isAws && (code === 'IncompleteAnswer' || (status !== undefined && status < 500)));
}

const refusedCodes = /^(AccessDenied\w*|InvalidAction|NotImplemented|UnknownOperation\w*|NotAnStsAnswer|HTTP 501)$/;

/**
 * Throws CallFailed for an identity that must not call AssumeRole: root, or a federated user.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
function refuseUnusable({ kind, arn }: IdentityArn, targets: readonly Target[]): void {
  const isUnusable = (kind === 'root' || kind === 'federated-user') && targets.some(({ hops }) => hops.length > 0);
  if (isUnusable) {
    const code = kind === 'root' ? 'RootCannotAssumeRoles' : 'FederationCannotAssumeRoles';
    throw new CallFailed({ operation: 'AssumeRole', code, message: `${arn} cannot assume a role`, attempts: 0 });
  }
}
