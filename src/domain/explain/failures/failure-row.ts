import type { BaseIdentity } from '../../chain/base-identity.js';

/** The circumstances of a failed call. */
export interface FailureCircumstances {
  /** The caller: the kind of base identity, or the session of the previous hop. */
  readonly caller: BaseIdentity['kind'] | 'session';
  /** Whether the job can request an ID token. */
  readonly hasIdToken: boolean;
  readonly namesRole: boolean;
  /** Roles whose hops failed in the same way. */
  readonly roleCount: number;
}

/** Conditions of causes and fixes; docs/failures.md prints their names. */
const conditions = {
  'the keys are inputs': ({ caller }) => caller === 'access-keys',
  'the keys are in the environment': ({ caller }) => caller === 'Environment',
  'an earlier hop gave the session': ({ caller }) => caller === 'session',
  'the machine gives the credentials': ({ caller }) =>
    caller === 'default-chain' || caller === 'EcsContainer' || caller === 'Ec2InstanceMetadata',
  'the token is in a file': ({ caller }) => caller === 'web-identity',
  'the assertion is in a file': ({ caller }) => caller === 'saml',
  "the job's ID token is used": ({ caller }) => caller === 'oidc',
  'no role is named': ({ namesRole }) => !namesRole,
  'several roles refuse the same caller': ({ roleCount }) => roleCount > 1,
  'one role refuses the caller': ({ roleCount }) => roleCount <= 1,
  'the job can request an ID token': ({ hasIdToken }) => hasIdToken,
  'the job cannot request an ID token': ({ hasIdToken }) => !hasIdToken,
} as const satisfies Readonly<Record<string, (place: FailureCircumstances) => boolean>>;

/** A cause or a fix; with conditions, it applies only if all of them are met. */
export type ConditionalLine = string | { readonly when: readonly (keyof typeof conditions)[]; readonly text: string };

/** The explanation of one kind of failure: the likely causes in order, and the fixes. */
export interface FailureRow {
  readonly title: string;
  /** AWS's codes and shape names, Node's codes, or this action's own; a `*` at the end matches any suffix. */
  readonly codes: readonly string[];
  /** The message must contain one of these; any message matches if absent. */
  readonly says?: readonly string[];
  /** The operations that the row applies to; all if absent. */
  readonly operations?: readonly string[];
  /** Additional content: the policies of the caller and of the role, or the token's claims with a matching trust policy. */
  readonly shows?: 'policies' | 'token';
  /** A sentence before the causes. */
  readonly note?: string;
  readonly causes: readonly ConditionalLine[];
  /** `<iss>`, `<aud>`, `<provider>` and `<role>` are replaced by the values of the failed hop. */
  readonly fixes: readonly ConditionalLine[];
}

/** The lines that apply to a call, in order. */
export function linesAt(lines: readonly ConditionalLine[], place: FailureCircumstances): readonly string[] {
  return lines.flatMap((line) => {
    if (typeof line === 'string') {
      return [line];
    }
    return line.when.every((name) => conditions[name](place)) ? [line.text] : [];
  });
}
