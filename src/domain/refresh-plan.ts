import type { Credentials } from './credentials.js';
import { type Environment, identityVariables } from './environment.js';
import { timeText } from './log-lines.js';
import type { ProcessCredentials } from './process-credentials.js';
import type { WalkRequest } from './request.js';
import type { Target } from './target.js';

/** What the third door needs to walk a chain again, and no more. */
export interface RefreshPlan {
  /** A fingerprint of the rest; a cache that does not name it belongs to another chain. */
  readonly id: string;
  /** The walk of one target. */
  readonly request: WalkRequest;
  /** The variables by which the base identity was found, as main saw them; only where the base is looked for there. */
  readonly identity: Readonly<Record<string, string>>;
  /** Where relative paths of token files lie. */
  readonly workspace: string;
}

/** The last session a plan gave. */
export interface RefreshCache {
  readonly id: string;
  readonly credentials: Omit<Credentials, 'expiration'>;
  /** RFC 3339, UTC. */
  readonly expiration: string;
}

/** Milliseconds that handed-out credentials still last at the least: boto renews 15 minutes before the end. */
export const leastLeft = 15 * 60 * 1000;

/** Seconds the last hop must last so that a fresh session has enough left. */
export const leastRefreshDuration = 960;

/** Makes the plan of one target. */
export function refreshPlan(
  target: Target,
  {
    request,
    environment,
    fingerprint,
  }: { request: WalkRequest; environment: Environment; fingerprint: (text: string) => string },
): RefreshPlan {
  const { region, endpoint, proxy, retry, plainSecret } = request;
  const walk: WalkRequest = {
    targets: [target],
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    proxy,
    retry,
    plainSecret,
  };
  const isAmbient = target.base.kind === 'default-chain' || target.base.kind === 'EcsContainer';
  const names = isAmbient ? identityVariables.filter((name) => environment[name]) : [];
  const plan = {
    request: walk,
    identity: Object.fromEntries(names.map((name) => [name, environment[name] ?? ''])),
    workspace: environment.GITHUB_WORKSPACE ?? '',
  };
  return { id: fingerprint(JSON.stringify(plan)), ...plan };
}

/** The cache entry of a session. */
export function refreshCache(
  id: string,
  { expiration, ...credentials }: Credentials & { readonly expiration: Date },
): RefreshCache {
  return { id, credentials, expiration: timeText(expiration) };
}

/** What the door prints from a cache; undefined where the cache is another chain's, or too little is left. */
export function servedFromCache(
  cache: RefreshCache | undefined,
  id: string,
  now: number,
): ProcessCredentials | undefined {
  if (cache === undefined || cache.id !== id || !(Date.parse(cache.expiration) - now >= leastLeft)) {
    return undefined;
  }
  const { accessKeyId, secretAccessKey, sessionToken } = cache.credentials;
  return {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    ...(sessionToken !== undefined && { SessionToken: sessionToken }),
    Expiration: cache.expiration,
  };
}

/** The job's own ID-token variables win over the plan's: a runner may have renewed them. */
export function withCurrentToken(
  plan: RefreshPlan,
  { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token }: Environment,
): WalkRequest {
  const [target] = plan.request.targets;
  if (target.base.kind !== 'oidc' || !url || !token) {
    return plan.request;
  }
  return { ...plan.request, targets: [{ ...target, base: { ...target.base, requestUrl: url, requestToken: token } }] };
}
