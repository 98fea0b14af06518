import {
  AwsError,
  accessDenied,
  expiredIdToken,
  internalFailure,
  invalidClientToken,
  invalidIdentityToken,
  notAuthorized,
  packedPolicyTooLarge,
  regionDisabled,
  throttled,
  verificationKeyText,
} from '../wire/aws-error.js';
import type { ErrorFault, Fault, plainErrors } from './fault.js';

/** The facts that AWS includes in an error's text. */
interface FaultTarget {
  readonly operation: string;
  readonly callerArn: string | undefined;
  readonly roleArn: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

type PlainError = (typeof plainErrors)[number];

const errors: Readonly<Record<PlainError, (target: FaultTarget) => AwsError>> = {
  throttle: throttled,
  'internal-error': internalFailure,
  unavailable: () =>
    new AwsError('ServiceUnavailable', 503, 'The request has failed due to a temporary failure of the server.'),
  'idp-communication': () =>
    new AwsError('IDPCommunicationError', 400, 'An error occurred while communicating with the identity provider.'),
  'verification-key': () => invalidIdentityToken(verificationKeyText),
  'access-denied': ({ operation, callerArn, roleArn }) =>
    callerArn === undefined
      ? accessDenied(`Not authorized to perform sts:${operation}`)
      : notAuthorized({ callerArn, action: `sts:${operation}`, resource: roleArn ?? '*' }),
  'invalid-client-token': invalidClientToken,
  'region-disabled': ({ roleArn }) => regionDisabled(roleArn?.split(':')[4] ?? '000000000000'),
  'expired-web-token': ({ now }) => {
    const seconds = Math.floor(now / 1000);
    return expiredIdToken(seconds, seconds - 1);
  },
};

/** The AWS error that a fault injects; `undefined` for other kinds of faults. */
export function faultError(fault: Fault, target: FaultTarget): AwsError | undefined {
  if (fault.kind === 'error') {
    return new AwsError(fault.code, fault.status, fault.message);
  }
  if (fault.kind === 'packed-too-large') {
    return tooLarge(fault);
  }
  return Object.hasOwn(errors, fault.kind) ? errors[fault.kind as PlainError](target) : undefined;
}

function tooLarge({ percent, bytes }: ErrorFault & { kind: 'packed-too-large' }): AwsError {
  if (percent === undefined) {
    return packedPolicyTooLarge(bytes ?? 5000);
  }
  const text = `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`;
  return new AwsError('PackedPolicyTooLarge', 400, text);
}
