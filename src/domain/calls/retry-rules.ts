import type { CallFailure } from './call-failure.js';

/** How often calls are tried. */
export interface RetryRules {
  /** Maximum attempts of a call, the first one included. */
  readonly attempts: number;
  /** Whether AccessDenied is retried, because a new role is not known everywhere at once. */
  readonly includesFreshRoles: boolean;
}

/** Why a retry of a failed call may succeed; `never` if it cannot. */
export type RetryClass = 'busy' | 'identity-provider' | 'network' | 'clock' | 'fresh-role' | 'never';

interface RetryRow {
  readonly kind: RetryClass;
  readonly codes: RegExp;
  readonly message?: RegExp;
}

/** Matches the error codes of throttling. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const throttlingCodes = /^(Throttling\w*|TooManyRequestsException|RequestLimitExceeded|SlowDown|RequestThrottled\w*)$/;

const rows: readonly RetryRow[] = [
  { kind: 'busy', codes: throttlingCodes },
  { kind: 'identity-provider', codes: /^IDPCommunicationError/ },
  { kind: 'identity-provider', codes: /^InvalidIdentityToken/, message: /verification key/i },
  {
    kind: 'network',
    codes:
      /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|ERR_STREAM_PREMATURE_CLOSE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|TimeoutError|IncompleteAnswer)$/,
  },
  {
    kind: 'clock',
    codes: /^(SignatureDoesNotMatch|RequestExpired|RequestTimeTooSkewed)$/,
    message: /Signature (expired|not yet current)|skew/i,
  },
  { kind: 'fresh-role', codes: /^(AccessDenied\w*|InvalidClientTokenId)$/ },
];

/** HTTP 408 (request timeout) and 429 (too many requests). */
const busyStatuses: ReadonlySet<number> = new Set([408, 429]);

/** The retry class of a failure. */
export function retryClass({ code, message, status }: Pick<CallFailure, 'code' | 'message' | 'status'>): RetryClass {
  const row = rows.find(({ codes, message: words }) => codes.test(code) && (words?.test(message) ?? true));
  return row?.kind ?? (status !== undefined && (status >= 500 || busyStatuses.has(status)) ? 'busy' : 'never');
}

/** Whether a failure is throttling. */
export function isThrottling({ code, status }: Pick<CallFailure, 'code' | 'status'>): boolean {
  return throttlingCodes.test(code) || status === 429;
}

/**
 * Whether a call is only made again at a slower pace, which does not count as an attempt: STS throttled it, and
 * answered other calls of the walk meanwhile.
 */
export function isOnlyPaced(failure: CallFailure, { attempts }: RetryRules, answeredMeanwhile: number): boolean {
  return isThrottling(failure) && answeredMeanwhile > 0 && attempts > 1;
}

/** Whether to retry a failed call: its failure may be temporary, and attempts are left. */
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

/** The delay before the next attempt in milliseconds: exponential backoff with jitter. `random` is from 0 to 1. */
export function retryDelay(attempts: number, random: number): number {
  return Math.min(8_000, 250 * 2 ** (attempts - 1)) * (0.2 + 0.8 * random);
}
