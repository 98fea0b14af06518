/** What is known of a failed call; never contains a token, a key or a request body. */
export interface CallFailure {
  /** The STS operation; `GetIdToken` for the job's ID token, `GetCredentials` for a base identity. */
  readonly operation: string;
  /** AWS's error code, Node's network error code, or one of this action's own. */
  readonly code: string;
  /** The name of the error's shape in AWS's model, where it differs from the code. */
  readonly shape?: string;
  /** The message of AWS or of the network error. */
  readonly message: string;
  /** The HTTP status, if there was an answer. */
  readonly status?: number;
  readonly requestId?: string;
  readonly attempts: number;
}

/** The error of a call that failed, with all that is known of the failure. */
export class CallFailed extends Error {
  readonly failure: CallFailure;

  constructor(failure: CallFailure, options?: ErrorOptions) {
    super(`${failure.operation} failed: ${failure.code}: ${failure.message}`, options);
    this.name = 'CallFailed';
    this.failure = failure;
  }
}

/** The code of the failure that a profile of the machine gives no credentials. */
export const profileFailedCode = 'ProfileWithoutCredentials';

/** The code of a call that the step's deadline ended. */
export const deadlineCode = 'DeadlineExceeded';

/** Makes the failure of a call that the step's deadline ended. */
export function deadlineFailure(operation: string, attempts: number): CallFailure {
  return { operation, code: deadlineCode, message: 'the deadline of the step passed', attempts };
}

/** The error of an answer that is larger than the limit. */
export class AnswerTooLarge extends Error {
  readonly code = 'AnswerTooLarge';
  /** A copy of the message: the AWS SDK keeps an error's properties but replaces its message. */
  readonly detail: string;

  constructor(limitBytes: number) {
    super(`the answer is larger than ${limitBytes} bytes, the limit for an answer`);
    this.name = this.code;
    this.detail = this.message;
  }
}
