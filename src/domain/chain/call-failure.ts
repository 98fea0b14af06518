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

/** A profile of the machine's AWS files gives no credentials. */
export const profileFailedCode = 'ProfileWithoutCredentials';

/** The step ran out of its own time. */
export const deadlineCode = 'DeadlineExceeded';

/** A call that the step's deadline ended. */
export function deadlineFailure(operation: string, attempts: number): CallFailure {
  return { operation, code: deadlineCode, message: 'the deadline of the step passed', attempts };
}

/** An answer that is larger than anything the service gives. */
export class AnswerTooLarge extends Error {
  readonly code = 'AnswerTooLarge';
  /** The message once more: the AWS SDK takes over the properties of an error, and writes a message of its own. */
  readonly detail: string;

  constructor(limitBytes: number) {
    super(`the answer is larger than ${limitBytes} bytes, the most that is read`);
    this.name = this.code;
    this.detail = this.message;
  }
}
