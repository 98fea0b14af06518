import { type IdentityArn, parseIdentityArn, type RoleArn } from '../identifiers/arn.js';
import { type Credentials, malformedKey } from '../identifiers/credentials.js';
import { timeText } from '../identifiers/timestamp.js';

/** What is wrong with an STS answer that reports success: an error code of this action, and a message. */
export interface WrongAnswer {
  readonly code: 'IncompleteAnswer' | 'MalformedCredentials' | 'WrongSession' | 'SessionEnded' | 'WrongIdentity';
  readonly message: string;
}

/** The session in an answer, with the time of the answer. */
export interface SessionAnswer {
  readonly arn: string | undefined;
  readonly credentials: Credentials & { readonly expiration: Date };
  readonly isAws: boolean;
  /** The time of the answer by the server's clock. */
  readonly date?: Date;
}

/** Returns why the answer of an AssumeRole call is not a valid session of the requested role; undefined if it is. */
export function wrongSession({ arn, credentials, isAws, date }: SessionAnswer, role: RoleArn): WrongAnswer | undefined {
  const malformed = malformedKey(credentials);
  if (malformed !== undefined) {
    return { code: 'MalformedCredentials', message: `the answer contains no usable credentials: ${malformed}` };
  }
  if (isAws && !arn) {
    return incompleteAnswer;
  }
  if (isAws && !sessionArn.test(arn ?? '')) {
    return { code: 'WrongSession', message: `the answer names ${arn}, which is not the ARN of a role session` };
  }
  if (arn && !isSessionOf(arn, role)) {
    return { code: 'WrongSession', message: `the answer contains the session ${arn}, but ${role.arn} was requested` };
  }
  if (date !== undefined && credentials.expiration.getTime() <= date.getTime()) {
    const end = timeText(credentials.expiration);
    return { code: 'SessionEnded', message: `the session ended at ${end}, and the answer is of ${timeText(date)}` };
  }
  return undefined;
}

/** The problem of an answer without credentials, or without the session's ARN. */
export const incompleteAnswer: WrongAnswer = {
  code: 'IncompleteAnswer',
  message: 'the answer contains no complete credentials',
};

/** The identity of the new session. A non-AWS STS may omit the ARN or its account; the role then supplies them. */
export function sessionIdentity(arn: string | undefined, role: RoleArn, roleSessionName: string): IdentityArn {
  const { partition, accountId, name } = role;
  if (!arn) {
    return { arn: '', partition, accountId, kind: 'assumed-role', name, roleSessionName };
  }
  const identity = parseIdentityArn(arn);
  return { ...identity, accountId: identity.accountId || accountId };
}

/** Returns the identity in an answer of GetCallerIdentity, or the problem of an incomplete or contradictory answer. */
export function callerOf(
  { arn = '', account = '' }: { readonly arn?: string | undefined; readonly account?: string | undefined },
  isAws: boolean,
): IdentityArn | WrongAnswer {
  const identity = parseIdentityArn(arn);
  const accountId = account || identity.accountId;
  if (accountId === '' || (isAws && (arn === '' || account === ''))) {
    return { code: 'IncompleteAnswer', message: 'the answer does not say who the caller is' };
  }
  if (isAws && !identityArn.test(arn)) {
    return { code: 'WrongIdentity', message: `the answer names ${arn}, which is not the ARN of an identity` };
  }
  if (identity.accountId !== '' && identity.accountId !== accountId) {
    const message = `the answer names account ${account}, and an ARN of account ${identity.accountId} (${arn})`;
    return { code: 'WrongIdentity', message };
  }
  return { ...identity, accountId };
}

const sessionArn = /^arn:[\w-]+:sts::\d{12}:assumed-role\/[^/]+\/[^/]+$/;
const identityArn = /^arn:[\w-]+:(iam|sts)::\d{12}:\S+$/;

/**
 * Whether a session ARN is of a role, by account and role name: IAM ignores case, and session ARNs have no role path.
 * True for any other ARN, which only a non-AWS STS returns.
 */
function isSessionOf(arn: string, role: RoleArn): boolean {
  const [, , , , accountId = '', ...rest] = arn.split(':');
  const [type, ...names] = rest.join(':').split('/');
  if (type !== 'assumed-role') {
    return true;
  }
  const name = names.length > 1 ? names.at(-2) : names[0];
  const isSameAccount = accountId === '' || role.accountId === '' || accountId === role.accountId;
  return isSameAccount && name?.toLowerCase() === role.name.toLowerCase();
}
