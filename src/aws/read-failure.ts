import { CallFailed, type CallFailure, deadlineFailure } from '../domain/calls/call-failure.js';

interface SdkError {
  readonly name?: string;
  readonly Code?: string;
  /** Node's error code; a number in a DOMException, such as that of a time limit. */
  readonly code?: string | number;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  /** The body of an answer that could not be parsed. */
  readonly $responseBodyText?: string;
}

/** The operation and attempt of a failed call, and whether the step's deadline had passed. */
export interface FailedCall {
  readonly operation: string;
  readonly attempt: number;
  readonly isDeadline: boolean;
}

/** Converts any error of a call, from AWS, the network or the deadline, to a CallFailed; never includes the request. */
export function readFailure(error: unknown, { operation, attempt, isDeadline }: FailedCall): CallFailed {
  if (error instanceof CallFailed) {
    return error;
  }
  const { name = 'Error', Code, code, message = '', $metadata, $responseBodyText } = (error ?? {}) as SdkError;
  const status = $metadata?.httpStatusCode;
  const requestId = $metadata?.requestId;
  // A connection that broke during the answer has a status and Node's code.
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

/** Whether a text is an STS answer whose end is missing. */
function isCutOff(text: string | undefined): boolean {
  const root = /^\s*(?:<\?xml[^>]*>\s*)?<(\w+Response)\b/.exec(text ?? '')?.[1];
  return root !== undefined && !text?.trimEnd().endsWith(`</${root}>`);
}

/** Gives a failure a clearer code and message if the SDK has only placeholders for an answer that is not STS's. */
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

/** Returns the first line of an SDK message; the SDK adds hints about its internals below. */
function words(message: string): string {
  const line = message.split('\n')[0] ?? '';
  return line.trim() === '' || line === 'UnknownError' || line === 'Unknown' ? '(AWS gave no message)' : line.trim();
}
