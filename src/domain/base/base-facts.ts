import type { BaseIdentity } from '../chain/base-identity.js';
import type { Environment } from '../input/environment.js';
import type { Machine } from './profile-ways.js';

/** What the choice of a base identity rests on. */
export interface BaseFacts {
  /** The inputs that speak of the base, trimmed; empty where not given. */
  readonly given: Readonly<Record<BaseInput, string>>;
  readonly isRoleChaining: boolean;
  readonly skipsOidc: boolean;
  readonly wantsRole: boolean;
  /** The variables as the base identity may see them, and the machine's AWS files. */
  readonly machine: Machine;
  /** The audience of the job's ID token. */
  readonly audience: string;
  /** A dry run goes on where this run shows no base identity, and takes the one that the step is written for. */
  readonly isDryRun?: boolean;
}

/** A base identity and why it was picked. */
export interface ChosenBase {
  readonly base: BaseIdentity;
  readonly reason: string;
  /** Said at once, before the base is tried. */
  readonly warnings: readonly string[];
}

/** The inputs that speak of a base identity. */
export const baseInputs = [
  'credential-source',
  'aws-access-key-id',
  'aws-secret-access-key',
  'aws-session-token',
  'web-identity-token-file',
  'saml-assertion-file',
  'saml-provider-arn',
] as const;

/** The name of an input that speaks of a base identity. */
export type BaseInput = (typeof baseInputs)[number];

/** What the inputs that speak of a base identity say, each read the same way. */
export function baseGiven(read: (input: BaseInput) => string): BaseFacts['given'] {
  return Object.fromEntries(baseInputs.map((input) => [input, read(input)])) as Record<BaseInput, string>;
}

/** How to give a job an ID token, and why it mostly has none. */
export const idTokenFix =
  'Add permissions: { id-token: write, contents: read } to the job (on Forgejo: enable-openid-connect: true). Runs for pull requests from forks, and for Dependabot, never get an ID token';

/** Whether the job can ask for an ID token. */
export function hasIdToken(environment: Environment): boolean {
  return Boolean(environment.ACTIONS_ID_TOKEN_REQUEST_URL && environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
}
