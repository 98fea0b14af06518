import { parseSessionArn, roleArnOf, userArnOf } from '../world/arn.js';
import { findRole } from '../world/find-principal.js';
import { callerOfUser } from './caller.js';
import type { EmulatorState } from './emulator-state.js';
import { issueRoleSession } from './issue-role-session.js';
import { issueUserSession } from './issue-user-session.js';
import type { Session, SessionKind } from './sessions.js';

/** Credentials in the form that SDKs accept. */
export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

const defaultSeconds = 3600;

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

/** Issues credentials for a role or session ARN, or like GetSessionToken for a user, without evaluating policies. */
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
  const roleArn = parts === undefined ? arn : roleArnOf(state.world, parts.accountId, parts.roleName);
  const found = findRole(state.world, roleArn);
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
    seconds: options.durationSeconds ?? defaultSeconds,
    tags,
    sourceIdentity: options.sourceIdentity,
  });
}

function userSession(state: EmulatorState, arn: string, options: IssueOptions): Session | undefined {
  const accountId = arn.split(':')[4] ?? '';
  const users = Object.entries(state.world.accounts[accountId]?.users ?? {});
  const [userName, user] = users.find(([name]) => userArnOf(state.world, accountId, name) === arn) ?? [];
  if (userName === undefined || user === undefined) {
    return undefined;
  }
  const seconds = options.durationSeconds ?? defaultSeconds;
  return issueUserSession(state, callerOfUser(state, { accountId, userName, user }), {
    seconds,
    usedMfa: options.mfa ?? false,
  });
}
