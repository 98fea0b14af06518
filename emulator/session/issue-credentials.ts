import { parseRoleArn, parseSessionArn } from '../world/arn.js';
import { findRole, iamArn } from '../world/directory.js';
import type { EmulatorState } from './emulator-state.js';
import { issueRoleSession } from './issue-session.js';
import type { Session, SessionKind } from './sessions.js';
import { uniqueId } from './unique-id.js';

/** Credentials in the form that SDKs accept. */
export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Options for issuing credentials directly; `durationSeconds` (default 3600) is not limited. */
export interface IssueOptions {
  readonly kind?: SessionKind;
  readonly sessionName?: string;
  readonly durationSeconds?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
  /** For a user: whether MFA was used. */
  readonly mfa?: boolean;
}

/**
 * Issues credentials without evaluating policies: for a role (role or session ARN) or, like GetSessionToken, for a
 * user.
 */
export function issueCredentials(state: EmulatorState, arn: string, options: IssueOptions = {}): IssuedCredentials {
  const session = roleSession(state, arn, options) ?? userSession(state, arn, options);
  if (session === undefined) {
    throw new Error(`${arn} is neither a role nor a user of this world`);
  }
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = session;
  return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiresAt) };
}

function roleSession(state: EmulatorState, arn: string, options: IssueOptions): Session | undefined {
  const parts = parseSessionArn(arn);
  const roleArn = parts === undefined ? arn : iamArn(state.world, parts.accountId, 'role', parts.name);
  const found = parseRoleArn(roleArn) === undefined ? undefined : findRole(state.world, roleArn);
  if (found === undefined) {
    return undefined;
  }
  const transitive = options.transitiveTagKeys ?? [];
  const tags = Object.entries(options.tags ?? {}).map(([key, value]) => ({
    key,
    value,
    transitive: transitive.includes(key),
  }));
  return issueRoleSession(state, found, {
    kind: options.kind ?? 'role',
    sessionName: parts?.sessionName ?? options.sessionName ?? 'issued',
    seconds: options.durationSeconds ?? 3600,
    tags,
    sourceIdentity: options.sourceIdentity,
  });
}

function userSession(state: EmulatorState, arn: string, options: IssueOptions): Session | undefined {
  const accountId = arn.split(':')[4] ?? '';
  const users = Object.entries(state.world.accounts[accountId]?.users ?? {});
  const [userName, user] = users.find(([name]) => iamArn(state.world, accountId, 'user', name) === arn) ?? [];
  if (userName === undefined || user === undefined) {
    return undefined;
  }
  const now = state.clock.now();
  const facts = {
    kind: 'session-token',
    accountId,
    arn,
    userId: uniqueId(user, 'AIDA'),
    userName,
    issuedAt: now,
    expiresAt: now + (options.durationSeconds ?? 3600) * 1000,
    tags: [],
    policies: [],
  } as const;
  return state.sessions.issue(options.mfa ? { ...facts, mfaAt: now } : facts);
}
