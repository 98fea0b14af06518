import type { BaseIdentity } from '../../chain/base-identity.js';

/** What is known about the call that failed, apart from the failure itself. */
export interface CallPlace {
  /** The caller: the kind of base identity, or the session of the previous hop. */
  readonly proof: BaseIdentity['kind'] | 'session';
  /** Whether the job can request an ID token. */
  readonly hasIdToken: boolean;
  readonly namesRole: boolean;
  /** Roles whose hops failed in the same way. */
  readonly roleCount: number;
}

/** When a cause or a fix applies. The key is what docs/failures.md says of it. */
export const conditions = {
  'the keys are inputs': ({ proof }) => proof === 'access-keys',
  'the keys are in the environment': ({ proof }) => proof === 'Environment',
  'an earlier hop gave the session': ({ proof }) => proof === 'session',
  'the machine gives the credentials': ({ proof }) =>
    proof === 'default-chain' || proof === 'EcsContainer' || proof === 'Ec2InstanceMetadata',
  'the token is in a file': ({ proof }) => proof === 'web-identity',
  'the assertion is in a file': ({ proof }) => proof === 'saml',
  "the job's ID token is used": ({ proof }) => proof === 'oidc',
  'no role is named': ({ namesRole }) => !namesRole,
  'several roles refuse the same caller': ({ roleCount }) => roleCount > 1,
  'one role refuses the caller': ({ roleCount }) => roleCount <= 1,
  'the job can request an ID token': ({ hasIdToken }) => hasIdToken,
  'the job cannot request an ID token': ({ hasIdToken }) => !hasIdToken,
} as const satisfies Readonly<Record<string, (place: CallPlace) => boolean>>;

/** A cause or a fix; with conditions, only where all of them hold. */
export type Line = string | { readonly when: readonly (keyof typeof conditions)[]; readonly text: string };

/** What one kind of failure means: its likely causes in order, and what to do. */
export interface FailureRow {
  readonly title: string;
  /** AWS's codes, wire names and shape names, Node's codes or our own; a `*` at the end matches the rest of a code. */
  readonly codes: readonly string[];
  /** The message must contain one of these; any message matches if absent. */
  readonly says?: readonly string[];
  /** The calls that the row explains; every call if absent. */
  readonly operations?: readonly string[];
  /** What else an explanation shows: the policies of both sides, or the token's claims with a matching trust policy. */
  readonly shows?: 'policies' | 'token';
  /** A sentence before the causes. */
  readonly note?: string;
  readonly causes: readonly Line[];
  /** `<iss>`, `<aud>`, `<provider>` and `<role>` are replaced by the values of the failed hop. */
  readonly fixes: readonly Line[];
}

/** The lines that apply at a place, in their order. */
export function linesAt(lines: readonly Line[], place: CallPlace): readonly string[] {
  return lines.flatMap((line) => {
    if (typeof line === 'string') {
      return [line];
    }
    return line.when.every((name) => conditions[name](place)) ? [line.text] : [];
  });
}
