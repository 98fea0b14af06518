import { CallFailed, type CallFailure, deadlineFailure } from '../domain/chain/call-failure.js';

interface SdkError {
  readonly name?: string;
  readonly Code?: string;
  /** A number where the error is the platform's own, as that of a time limit is. */
  readonly code?: string | number;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: unknown;
}

/** What kind of call failed, on which attempt, and whether the step's own time was over. */
export interface FailedCall {
  readonly operation: string;
  readonly attempt: number;
  readonly isDeadline: boolean;
}

/** Reads what a failure says of itself: AWS's error, a network error or a deadline; the request never goes along. */
export function readFailure(error: unknown, { operation, attempt, isDeadline }: FailedCall): CallFailed {
  if (error instanceof CallFailed) {
    return error;
  }
  const { name = 'Error', Code, code, message = '', $metadata } = (error ?? {}) as SdkError;
  const status = $metadata?.httpStatusCode;
  const requestId = $metadata?.requestId;
  const isAws = status !== undefined;
  const plain: CallFailure = {
    operation,
    attempts: attempt,
    ...(isDeadline
      ? deadlineFailure(operation, attempt)
      : { code: isAws ? (Code ?? name) : typeof code === 'string' ? code : name, message: words(message) }),
    ...(isAws && Code !== undefined && Code !== name && { shape: name }),
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
  };
  return new CallFailed(unreadable(plain));
}

/** The SDK's stand-ins for an answer that was no STS answer. */
function unreadable(failure: CallFailure): CallFailure {
  if (
    failure.status === undefined ||
    (failure.code !== 'Unknown' && failure.code !== 'Error' && !/^(Syntax|Type)Error$/.test(failure.code))
  ) {
    return failure;
  }
  if (failure.status >= 500) {
    return { ...failure, code: `HTTP ${failure.status}`, message: 'the answer had no AWS error in it' };
  }
  return {
    ...failure,
    code: failure.status === 407 ? 'ProxyAuthenticationRequired' : 'NotAnStsAnswer',
    message: `HTTP ${failure.status}, and no AWS error in the answer`,
  };
}

/** One line, without the SDK's own hints about its internals. */
function words(message: string): string {
  const line = message.split('\n')[0] ?? '';
  return line.trim() === '' || line === 'UnknownError' || line === 'Unknown' ? '(AWS gave no message)' : line.trim();
}
