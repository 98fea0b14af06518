import { CallFailed, type CallFailure, deadlineFailure } from '../domain/chain/call-failure.js';

interface SdkError {
  readonly name?: string;
  readonly Code?: string;
  /** A number where the error is the platform's own, as that of a time limit is. */
  readonly code?: string | number;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  /** What the answer held, where it could not be read. */
  readonly $responseBodyText?: string;
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
  const { name = 'Error', Code, code, message = '', $metadata, $responseBodyText } = (error ?? {}) as SdkError;
  const status = $metadata?.httpStatusCode;
  const requestId = $metadata?.requestId;
  // A connection that broke amid the answer has a status too, and Node's code beside it.
  const isAws = status !== undefined && (Code !== undefined || typeof code !== 'string');
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
  return new CallFailed(isCutOff($responseBodyText) ? { ...plain, ...cutOff } : unreadable(plain));
}

const cutOff = { code: 'IncompleteAnswer', message: 'the answer is incomplete' } as const;

/** Whether a text is the beginning of an answer of STS. */
function isCutOff(text: string | undefined): boolean {
  const root = /^\s*(?:<\?xml[^>]*>\s*)?<(\w+Response)\b/.exec(text ?? '')?.[1];
  return root !== undefined && !text?.trimEnd().endsWith(`</${root}>`);
}

/** The SDK's stand-ins for an answer that was no STS answer. */
function unreadable(failure: CallFailure): CallFailure {
  if (
    failure.status === undefined ||
    (failure.code !== 'Unknown' && failure.code !== 'Error' && !/^(Syntax|Type)Error$/.test(failure.code))
  ) {
    return failure;
  }
  if (failure.status >= 500 || failure.status === 408) {
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
