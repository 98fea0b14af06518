import type { RetryRules } from './settings.js';

/** What is known of a call that failed; never a token, a key or a request body. */
export interface CallFailure {
  /** The STS operation, `GetIdToken` for the job's ID token, `GetCredentials` for a base identity. */
  readonly operation: string;
  /** AWS's code as it stood in the answer, or Node's code of a network error, or one of our own. */
  readonly code: string;
  /** The name of the error's shape in AWS's model, where it differs from the code. */
  readonly shape?: string;
  /** AWS's own words, or the network error's. */
  readonly message: string;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  readonly requestId?: string;
  readonly attempts: number;
}

/** A call that failed for good. */
export class CallFailed extends Error {
  readonly failure: CallFailure;

  constructor(failure: CallFailure, options?: ErrorOptions) {
    super(`${failure.operation} failed: ${failure.code}: ${failure.message}`, options);
    this.name = 'CallFailed';
    this.failure = failure;
  }
}

/** Why another try may help; `never` where the answer will be the same. */
export type RetryClass = 'busy' | 'identity-provider' | 'network' | 'clock' | 'fresh-role' | 'never';

/** The step ran out of its own time. */
export const deadlineCode = 'DeadlineExceeded';

/** A call that the step's deadline ended. */
export function deadlineFailure(operation: string, attempts: number): CallFailure {
  return { operation, code: deadlineCode, message: 'the deadline of the step passed', attempts };
}

interface RetryRow {
  readonly kind: RetryClass;
  readonly codes: RegExp;
  readonly message?: RegExp;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const rows: readonly RetryRow[] = [
  {
    kind: 'busy',
    codes: /^(Throttling\w*|TooManyRequestsException|RequestLimitExceeded|SlowDown|RequestThrottled\w*)$/,
  },
  { kind: 'identity-provider', codes: /^IDPCommunicationError/ },
  { kind: 'identity-provider', codes: /^InvalidIdentityToken/, message: /verification key/i },
  {
    kind: 'network',
    codes:
      /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|TimeoutError|IncompleteAnswer)$/,
  },
  {
    kind: 'clock',
    codes: /^(SignatureDoesNotMatch|RequestExpired|RequestTimeTooSkewed)$/,
    message: /Signature (expired|not yet current)|skew/i,
  },
  { kind: 'fresh-role', codes: /^(AccessDenied\w*|InvalidClientTokenId)$/ },
];

/** Which class of retry a failure belongs to. */
export function retryClass({ code, message, status }: Pick<CallFailure, 'code' | 'message' | 'status'>): RetryClass {
  const row = rows.find(({ codes, message: words }) => codes.test(code) && (words?.test(message) ?? true));
  return row?.kind ?? (status !== undefined && (status >= 500 || status === 429) ? 'busy' : 'never');
}

/** Whether to try once more after so many attempts. */
export function mayRetry(failure: CallFailure, rules: RetryRules): boolean {
  const kind = retryClass(failure);
  if (kind === 'never' || failure.attempts >= rules.attempts) {
    return false;
  }
  if (kind === 'clock') {
    return failure.attempts < 2;
  }
  return kind !== 'fresh-role' || rules.includesFreshRoles;
}

/** Milliseconds to wait before the next attempt: twice as long each time, and scattered, so that the jobs of a matrix do not march in step. */
export function retryDelay(attempts: number, random: number): number {
  return Math.min(8_000, 250 * 2 ** (attempts - 1)) * (0.2 + 0.8 * random);
}
