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

/** What goes wrong; times in milliseconds, `percent` as in PackedPolicyTooLarge's text. */
export type Fault =
  | { readonly kind: 'throttle' | 'internal-error' | 'unavailable' | 'idp-communication' | 'verification-key' }
  | { readonly kind: 'access-denied' | 'invalid-client-token' | 'region-disabled' | 'expired-web-token' }
  | { readonly kind: 'packed-too-large'; readonly percent?: number }
  | { readonly kind: 'error'; readonly code: string; readonly status: number; readonly message?: string }
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'stall' | 'stall-body' | 'reset' | 'redirect' | 'malformed' | 'empty' };

/** A fault and the requests it hits: by operation (`*` for all) and role, after some, for some (default one). */
export interface FaultRule {
  readonly operation: string;
  readonly first?: number;
  readonly after?: number;
  readonly roleArn?: string;
  readonly fault: Fault;
}

/** The faults still to come. */
export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** The fault for a request, if any; each rule counts the requests that reach it. */
  take(operation: string, roleArn: string | undefined): Fault | undefined;
}

/** What an injected error needs to be worded as AWS would. */
export interface FaultTarget {
  readonly operation: string;
  readonly callerArn: string | undefined;
  readonly roleArn: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Starts without faults. */
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
        if (rule.operation !== '*' && rule.operation !== operation) continue;
        if (rule.roleArn !== undefined && rule.roleArn !== roleArn) continue;
        entry.seen += 1;
        const start = rule.after ?? 0;
        if (entry.seen > start && entry.seen <= start + (rule.first ?? 1)) return rule.fault;
      }
      return undefined;
    },
  };
}

const errors: Readonly<Partial<Record<Fault['kind'], (target: FaultTarget) => AwsError>>> = {
  throttle: () => new AwsError('Throttling', 400, 'Rate exceeded'),
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

const otherKinds: readonly string[] = [
  'packed-too-large',
  'error',
  'latency',
  'stall',
  'stall-body',
  'reset',
  'redirect',
  'malformed',
  'empty',
];

/** Whether a value from outside is a fault rule of a known kind. */
export function isFaultRule(value: unknown): value is FaultRule {
  const rule = value as Partial<FaultRule> | null;
  const kind = rule?.fault?.kind;
  return (
    typeof rule?.operation === 'string' &&
    kind !== undefined &&
    (otherKinds.includes(kind) || Object.hasOwn(errors, kind))
  );
}

/** The AWS error a fault stands for; `undefined` for faults of the connection. */
export function faultError(fault: Fault, target: FaultTarget): AwsError | undefined {
  if (fault.kind === 'error') return new AwsError(fault.code, fault.status, fault.message);
  if (fault.kind === 'packed-too-large') return packedPolicyTooLarge(fault.percent ?? 118);
  return errors[fault.kind]?.(target);
}
