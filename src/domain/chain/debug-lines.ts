import type { Environment } from '../input/environment.js';

/** Describes one attempt of a call: what it was for, its outcome and its time. */
export function callLine({
  what,
  operation,
  count,
  milliseconds,
  failure,
}: {
  readonly what: string;
  readonly operation: string;
  readonly count: number;
  readonly milliseconds: number;
  /** The code of the failure; undefined if the call was answered. */
  readonly failure?: string | undefined;
}): string {
  const name = what === operation ? what : `${operation} (${what})`;
  return `${name}: attempt ${count} ${failure === undefined ? 'answered' : `failed (${failure})`} after ${Math.round(milliseconds)} ms`;
}

/** The STS endpoint on one line; the proxy without user and password. */
export function stsLine(
  { region, address }: { readonly region: string; readonly address: string },
  proxy?: string,
): string {
  const through = proxy === undefined ? 'no proxy' : `the proxy ${new URL(proxy).host}`;
  return `STS: Region ${region}, endpoint ${address}, ${through}`;
}

/** Variables that determine the base identity; their values may be secrets. */
const deciding = [
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'AWS_ACCESS_KEY_ID',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_EC2_METADATA_DISABLED',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
] as const;

/** Lists the variables that are set and that a base identity could come from, without their values. */
export function baseVariablesLine(environment: Environment): string {
  const set = deciding.filter((name) => environment[name]);
  return `Variables for a base identity: ${set.length === 0 ? 'none' : set.join(', ')}`;
}
