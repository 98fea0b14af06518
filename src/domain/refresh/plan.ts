import type { WalkRequest } from '../chain/walk-request.js';
import type { Credentials } from '../iam/credentials.js';
import type { Environment } from '../input/environment.js';
import type { ProcessCredentials } from './process-credentials.js';

/** What the third door needs to walk a chain again, and no more. */
export interface RefreshPlan {
  /** A cache that does not name it belongs to another plan. */
  readonly id: string;
  /** The walk of one target. */
  readonly request: WalkRequest;
  /** The variables by which the SDK finds its settings and the base identity, as main saw them. */
  readonly variables: Readonly<Record<string, string>>;
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

/** Reads the text of a plan; undefined where it is none, or only a part of one. */
export function parsePlan(text: string): RefreshPlan | undefined {
  const plan = parsed(text) as Partial<RefreshPlan> | undefined;
  const isWhole =
    isText(plan?.id) && Array.isArray(plan?.request?.targets) && typeof (plan?.variables ?? undefined) === 'object';
  return isWhole ? (plan as RefreshPlan) : undefined;
}

/** Reads the text of a cache; undefined where it is none, or only a part of one. */
export function parseCache(text: string): RefreshCache | undefined {
  const cache = parsed(text) as Partial<RefreshCache> | undefined;
  const { accessKeyId, secretAccessKey, sessionToken } = cache?.credentials ?? {};
  const texts = [cache?.id, cache?.expiration, accessKeyId, secretAccessKey, sessionToken];
  return texts.every(isText) ? (cache as RefreshCache) : undefined;
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

/** What Node reads only when it starts: which authorities it trusts. https://nodejs.org/api/cli.html#environment-variables */
export const startVariables = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA'] as const;

/** The environment in which a renewal has to start again, to trust whom main trusted; undefined where it does already. */
export function startEnvironment({ variables }: RefreshPlan, environment: Environment): Environment | undefined {
  const differs = (name: string) => (variables[name] || undefined) !== (environment[name] || undefined);
  return startVariables.some(differs)
    ? { ...environment, ...Object.fromEntries(startVariables.map((name) => [name, variables[name]])) }
    : undefined;
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
