import type { BaseIdentity } from '../chain/base-identity.js';
import type { Environment } from '../input/environment.js';
import type { Machine } from './machine.js';

/** What the choice of a base identity depends on. */
export interface BaseFacts {
  /** The base identity inputs, trimmed; empty if not given. */
  readonly given: Readonly<Record<BaseInput, string>>;
  readonly isRoleChaining: boolean;
  readonly skipsOidc: boolean;
  readonly wantsRole: boolean;
  /** The variables visible to the base identity, and the machine's AWS files. */
  readonly machine: Machine;
  /** The audience of the job's ID token. */
  readonly audience: string;
  /** In a dry run, a base identity that this run cannot have is assumed; see `dryRunBase`. */
  readonly isDryRun?: boolean;
}

/** A base identity and the reason for the choice. */
export interface ChosenBase {
  readonly base: BaseIdentity;
  readonly reason: string;
  /** Warnings to log before the base identity is used. */
  readonly warnings: readonly string[];
}

/** The inputs that configure the base identity. */
export const baseInputs = [
  'credential-source',
  'aws-access-key-id',
  'aws-secret-access-key',
  'aws-session-token',
  'web-identity-token-file',
  'saml-assertion-file',
  'saml-provider-arn',
] as const;

/** The name of a base identity input. */
export type BaseInput = (typeof baseInputs)[number];

/** Reads every base identity input with `read`. */
export function readBaseInputs(read: (input: BaseInput) => string): BaseFacts['given'] {
  return Object.fromEntries(baseInputs.map((input) => [input, read(input)])) as Record<BaseInput, string>;
}

/** The fix to report if a job cannot request an ID token. */
export const idTokenFix =
  'Add permissions: { id-token: write, contents: read } to the job (on Forgejo: enable-openid-connect: true). Runs for pull requests from forks get no ID token, and runs of Dependabot have read-only permissions by default';

/** Whether the job can request an ID token. */
export function hasIdToken(environment: Environment): boolean {
  return Boolean(environment.ACTIONS_ID_TOKEN_REQUEST_URL && environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
}
