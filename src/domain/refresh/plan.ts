import type { WalkRequest } from '../chain/walk-request.js';
import type { Environment } from '../input/environment.js';
import { tryJson } from '../input/try-json.js';

/** What the credential-process entry point needs to walk a chain again. */
export interface RefreshPlan {
  /** Identifies the plan; a cache with another ID belongs to another plan. */
  readonly id: string;
  /** The walk of one target. */
  readonly request: WalkRequest;
  /** The variables that a renewal needs, with their values from the main step. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Minimum seconds of the last hop, so that a new session lasts long enough. */
export const leastRefreshDuration = 960;

/** Parses a plan; undefined if it is invalid or incomplete. */
export function parsePlan(text: string): RefreshPlan | undefined {
  const plan = tryJson(text) as Partial<RefreshPlan> | null | undefined;
  const isWhole =
    isText(plan?.id) && Array.isArray(plan?.request?.targets) && typeof (plan?.variables ?? undefined) === 'object';
  return isWhole ? (plan as RefreshPlan) : undefined;
}

/**
 * Variables that Node reads only at startup: the trusted certificate authorities.
 * https://nodejs.org/api/cli.html#environment-variables
 */
export const startVariables = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA'] as const;

/**
 * Returns the environment to start the renewal again in, so that Node trusts the certificate authorities that the main
 * step trusted; undefined if it already does.
 */
export function startEnvironment({ variables }: RefreshPlan, environment: Environment): Environment | undefined {
  const differs = (name: string) => (variables[name] || undefined) !== (environment[name] || undefined);
  return startVariables.some(differs)
    ? { ...environment, ...Object.fromEntries(startVariables.map((name) => [name, variables[name]])) }
    : undefined;
}

/**
 * Returns the walk of a plan, with the current variables for ID tokens in place of the plan's: a runner may have
 * renewed them.
 */
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

/** Whether a value is a text that is not empty. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
