import type { AssumedRole } from '../../src/domain/chain/assumed-role.js';
import type { Hop } from '../../src/domain/chain/hop.js';
import type { ReachedTarget } from '../../src/domain/chain/outcome.js';
import type { Target } from '../../src/domain/chain/target.js';
import { parseIdentityArn, type RoleArn, roleArn } from '../../src/domain/identifiers/arn.js';
import type { Credentials } from '../../src/domain/identifiers/credentials.js';
import type { Request } from '../../src/domain/request/request.js';

/** The expiration of every session in these tests. */
export const expiration = new Date('2026-01-02T03:04:05.678Z');

/** A role in the account with one repeated digit. */
export function roleIn(digit: number, name: string): RoleArn {
  return roleArn('aws', String(digit).repeat(12), { path: '/', name });
}

/** A hop to a role, with the defaults of a chain. */
export function hopTo(role: RoleArn, words: Partial<Hop> = {}): Hop {
  return {
    where: 'role-chain, hop 1',
    operation: 'AssumeRole',
    role,
    roleSessionName: 'GitHubActions',
    durationSeconds: 3600,
    chaining: 'yes',
    policyArns: [],
    tags: [],
    transitiveTagKeys: [],
    allowedAccountIds: [],
    ...words,
  };
}

/** The session that a hop returns. */
export function sessionOf(hop: Hop, words: Partial<AssumedRole> = {}): AssumedRole {
  const role = hop.role as RoleArn;
  const arn = `arn:${role.partition}:sts::${role.accountId}:assumed-role/${role.name}/${hop.roleSessionName}`;
  return {
    hop,
    role,
    identity: parseIdentityArn(arn),
    credentials: { ...keysNamed(role.name), expiration },
    durationSeconds: 3600,
    secondsLeft: 3600,
    droppedTags: [],
    ...words,
  };
}

/** Keys that contain a name, to tell them apart. */
function keysNamed(name: string): Credentials & { readonly sessionToken: string } {
  return { accessKeyId: `ASIA-${name}`, secretAccessKey: `secret of ${name}`, sessionToken: `token of ${name}` };
}

/** A target of hops. */
export function targetOf(hops: readonly Hop[], words: Partial<Target> = {}): Target {
  return {
    base: { kind: 'default-chain', origin: { kind: 'environment' }, chaining: 'ask' },
    hops,
    allowedAccountIds: [],
    ...words,
  };
}

/** A target that was reached. */
export function walkedTo(target: Target, words: Partial<ReachedTarget> = {}): ReachedTarget {
  const sessions = target.hops.map((hop) => sessionOf(hop));
  const last = sessions.at(-1) as AssumedRole;
  return { target, sessions, identity: last.identity, credentials: last.credentials, isKept: false, ...words };
}

/** The settings of a step without inputs, as far as a walk and its handover read them. */
export const defaultSettings = {
  proxy: { exceptions: [] },
  retry: { attempts: 6, includesFreshRoles: false },
  alphanumericSecret: false,
  masksAccountIds: false,
  writesSummary: true,
  reusesExisting: false,
  unsetsCurrent: false,
  dryRun: false,
  wantsRole: false,
  isRoleChaining: false,
  isOtherService: false,
  regionSource: 'AWS_DEFAULT_REGION',
  skipsOidc: false,
  handover: { environment: true, outputs: false, environmentAsked: false, overwritesProfile: false, refresh: false },
  warnings: [],
} as const;

/** A request for targets, with the default handover. */
export function requestFor(
  targets: readonly Target[],
  handover: Partial<Request['handover']> = {},
  words: Partial<Request> = {},
): Request {
  return {
    ...defaultSettings,
    wantsRole: true,
    handover: { ...defaultSettings.handover, ...handover },
    targets: targets as Request['targets'],
    existingProfiles: [],
    baseReason: 'role-chaining is true',
    notices: [],
    ...words,
  };
}
