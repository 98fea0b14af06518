import {
  AwsError,
  accessDenied,
  internalFailure,
  invalidClientToken,
  invalidIdentityToken,
  notAuthorized,
  packedPolicyTooLarge,
  regionDisabled,
  verificationKeyText,
} from '../wire/aws-error.js';
import type { ErrorFault, Fault, FaultRule, plainErrors } from './fault-rules.js';

export type { Fault, FaultRule } from './fault-rules.js';

/** The faults that have not happened yet. */
export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** The fault for a request, if any. Each rule counts the requests that it matches. */
  take(operation: string, roleArn: string | undefined): Fault | undefined;
}

/** The facts that AWS includes in an error's text. */
export interface FaultTarget {
  readonly operation: string;
  readonly callerArn: string | undefined;
  readonly roleArn: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Creates an empty list of faults. */
export function createFaults(): Faults {
  let rules: { readonly rule: FaultRule; seen: number }[] = [];
  return {
    add(rule) {
      rules.push({ rule, seen: 0 });
    },
    clear() {
      rules = [];
    },
    take(operation, roleArn) {
      for (const entry of rules) {
        const { rule } = entry;
        if (rule.operation !== '*' && rule.operation !== operation) {
          continue;
        }
        if (rule.roleArn !== undefined && rule.roleArn !== roleArn) {
          continue;
        }
        entry.seen += 1;
        const start = rule.after ?? 0;
        if (entry.seen > start && entry.seen <= start + (rule.first ?? 1)) {
          return rule.fault;
        }
      }
      return undefined;
    },
  };
}

type PlainError = (typeof plainErrors)[number];

/** AWS's error for an account above its rate limit. */
export function throttled(): AwsError {
  return new AwsError('Throttling', 400, 'Rate exceeded');
}

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
      : notAuthorized(callerArn, `sts:${operation}`, roleArn ?? '*'),
  'invalid-client-token': invalidClientToken,
  'region-disabled': ({ roleArn }) => regionDisabled(roleArn?.split(':')[4] ?? '000000000000'),
  'expired-web-token': ({ now }) => {
    const seconds = Math.floor(now / 1000);
    const text = `Token expired: current date/time ${seconds} must be before the expiration date/time ${seconds - 1}`;
    return new AwsError('ExpiredTokenException', 400, text);
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
