import { stsNamespace } from './query-xml.js';

/** An AWS error: code, HTTP status and text. A few errors have no text. */
export class AwsError extends Error {
  /** The XML namespace of the answer. */
  readonly namespace: string = stsNamespace;
  readonly code: string;
  readonly status: number;
  readonly text: string | undefined;

  constructor(code: string, status: number, text?: string) {
    super(`${code}: ${text ?? '(no message)'}`);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
    this.text = text;
  }
}

/** An unknown operation: `InvalidAction`, 400, in a namespace of its own. */
export class InvalidAction extends AwsError {
  override readonly namespace = 'http://webservices.amazon.com/AWSFault/2005-15-09';

  constructor(text: string) {
    super('InvalidAction', 400, text);
  }
}

/** An invalid parameter: `ValidationError`, 400. */
export function validationError(text: string): AwsError {
  return new AwsError('ValidationError', 400, text);
}

/** A caller without permission: `AccessDenied`, 403. */
export function accessDenied(text: string): AwsError {
  return new AwsError('AccessDenied', 403, text);
}

/** A parameter that contradicts another: `InvalidParameterValue`, 400. */
export function invalidParameter(text: string): AwsError {
  return new AwsError('InvalidParameterValue', 400, text);
}

/** A federation token that cannot be trusted: `InvalidIdentityToken`, 400. */
export function invalidIdentityToken(text: string): AwsError {
  return new AwsError('InvalidIdentityToken', 400, text);
}

/** Unknown credentials: `InvalidClientTokenId`, 403. */
export function invalidClientToken(): AwsError {
  return new AwsError('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');
}

/** An account above its rate limit: `Throttling`, 400. */
export function throttled(): AwsError {
  return new AwsError('Throttling', 400, 'Rate exceeded');
}

/** An expired ID token: `ExpiredTokenException`, 400. Arguments in epoch seconds. */
export function expiredIdToken(now: number, expiry: number): AwsError {
  const text = `Token expired: current date/time ${now} must be before the expiration date/time ${expiry}`;
  return new AwsError('ExpiredTokenException', 400, text);
}

/** AWS's own failure: `InternalFailure`, 500. */
export function internalFailure(): AwsError {
  const text = 'The request processing has failed because of an unknown error, exception or failure.';
  return new AwsError('InternalFailure', 500, text);
}

/** STS is not activated in a Region: `RegionDisabledException`, 403. */
export function regionDisabled(accountId: string): AwsError {
  const text = `STS is not activated in this region for account:${accountId}. Your account administrator can activate STS in this region using the IAM Console.`;
  return new AwsError('RegionDisabledException', 403, text);
}

/** AWS's text when it cannot fetch an identity provider's keys; the two spaces are AWS's. */
export const verificationKeyText =
  "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";

/** The maximum size of a session token in bytes; since September 2026 the only limit for session policies and tags. */
export const largestSessionToken = 4096;

/**
 * The session token would be too large: `PackedPolicyTooLarge`, 400.
 * AWS documents that the text names both sizes in bytes, but not its wording.
 */
export function packedPolicyTooLarge(bytes: number): AwsError {
  const text = `The session token size of ${bytes} bytes exceeds the maximum allowed size of ${largestSessionToken} bytes.`;
  return new AwsError('PackedPolicyTooLarge', 400, text);
}

/** A denied call: who called which action on which resource. */
interface Denial {
  readonly callerArn: string;
  readonly action: string;
  readonly resource: string;
  /** The policy type of an explicit deny, in AWS's words. */
  readonly deniedIn?: string | undefined;
}

/** A denied signed call. AWS uses one text for every cause; only an explicit deny names the policy type. */
export function notAuthorized({ callerArn, action, resource, deniedIn }: Denial): AwsError {
  const suffix = deniedIn === undefined ? '' : ` with an explicit deny in ${deniedIn}`;
  return accessDenied(`User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource}${suffix}`);
}
