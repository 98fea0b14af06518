import { withRetries } from '../aws/retry.js';
import type { Sts, StsPlace } from '../aws/sts.js';
import { FileProblem } from '../disk/file-problem.js';
import { readTokenFile } from '../disk/token-file.js';
import type { BaseIdentity } from '../domain/chain/base-identity.js';
import { CallFailed } from '../domain/chain/call-failure.js';
import { tokenLine } from '../domain/chain/log-lines.js';
import type { TargetOutcome } from '../domain/chain/outcome.js';
import type { Progress } from '../domain/chain/progress.js';
import type { Target } from '../domain/chain/target.js';
import type { WalkRequest } from '../domain/chain/walk-request.js';
import { isRoleArn } from '../domain/iam/arn.js';
import { partitionOf, partitionOfRegion } from '../domain/iam/partition.js';
import { readClaims } from '../domain/id-token/claims.js';
import type { Environment } from '../domain/input/environment.js';
import { type Agents, openAgents } from '../net/agents.js';
import { getIdToken } from '../net/id-token.js';
import { workspacePath } from './machine-files.js';

/** The name and version by which AWS knows this action in its logs. */
const userAgent = ['assume-role', '1'] as const;

/** A walk's surroundings. */
export interface WalkContext {
  readonly environment: Environment;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Bytes that AWS takes of a token and of an assertion. */
const webIdentityLimit = 20_000;
const assertionLimit = 100_000;

/** Walks every target of a request; resolves to how each ended. Every connection is closed at the end. */
export async function walkChain(request: WalkRequest, context: WalkContext): Promise<readonly TargetOutcome[]> {
  const { progress, signal } = context;
  setProviderEndpoint(request);
  const agents = await openAgents(addresses(request), request.proxy);
  try {
    const token = tokenSource(agents, request, context);
    await askEarly(request.targets, token);
    const { openSts } = await import('../aws/sts.js');
    const { walk } = await import('../aws/walk.js');
    const opened = new Map<string, Sts>();
    const stsFor = (target: Target) => {
      const place = stsPlace(target, request, agents);
      const sts = opened.get(place.region) ?? openSts(place);
      opened.set(place.region, sts);
      return sts;
    };
    const retryContext = { rules: request.retry, signal, progress };
    return await walk(request.targets, {
      ...retryContext,
      stsFor,
      token,
      alphanumericSecret: request.alphanumericSecret,
    });
  } finally {
    agents.close();
  }
}

/** The SDK's credential providers read the environment themselves: the endpoint of the step is for their calls too. */
export function setProviderEndpoint({ endpoint }: WalkRequest): void {
  if (endpoint === undefined) {
    return;
  }
  if (/^true$/i.test(process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? '')) {
    delete process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS;
    delete process.env.AWS_ENDPOINT_URL;
  }
  process.env.AWS_ENDPOINT_URL_STS = endpoint;
}

/** Where STS is for a target: its Region, else its partition's default; and the connections to it. */
export function stsPlace(target: Target, request: WalkRequest, agents: Agents): StsPlace {
  const { endpoint } = request;
  const pools = agents.to(stsAddress(target, request));
  return { region: stsRegion(target), ...(endpoint !== undefined && { endpoint }), userAgent, agents: pools };
}

/** Every address that a walk will ask; the connections are opened for them. */
export function addresses(request: WalkRequest): readonly URL[] {
  const { targets } = request;
  const tokenServices = targets.flatMap(({ base }) => (base.kind === 'oidc' ? [new URL(base.requestUrl)] : []));
  return [...targets.map((target) => stsAddress(target, request)), ...tokenServices];
}

function stsAddress(target: Target, { endpoint }: WalkRequest): URL {
  const region = stsRegion(target);
  return new URL(endpoint ?? `https://sts.${region}.${partitionOfRegion(region)?.dnsSuffix ?? 'amazonaws.com'}`);
}

function stsRegion({ region, hops }: Target): string {
  const role = hops.map((hop) => hop.role).find(isRoleArn);
  return region ?? partitionOf(role?.partition ?? 'aws')?.defaultRegion ?? 'us-east-1';
}

/** The ID token is under way while the AWS SDK loads; a failure is told by the hop that needs the token. */
async function askEarly(
  targets: readonly Target[],
  token: (base: BaseIdentity, fresh: boolean) => Promise<string>,
): Promise<void> {
  for (const { base } of targets.filter((target) => target.base.kind === 'oidc')) {
    token(base, false).catch(() => undefined);
  }
  // Loading holds the process up; the question leaves before.
  await new Promise((resolve) => setImmediate(resolve));
}

/** One token a walk for every base that asks for the same; a fresh one where a try with the last one failed. */
function tokenSource(
  agents: Agents,
  { retry }: WalkRequest,
  { environment, progress, signal }: WalkContext,
): (base: BaseIdentity, fresh: boolean) => Promise<string> {
  const kept = new Map<string, Promise<string>>();
  const fetched = async (base: BaseIdentity): Promise<string> => {
    const token = await fetchToken(base);
    progress.mask([token]);
    const claims = readClaims(token);
    if (claims !== undefined) {
      progress.info(tokenLine(claims));
    }
    return token;
  };
  const fetchToken = (base: BaseIdentity): Promise<string> => {
    switch (base.kind) {
      case 'oidc':
        return withRetries('ID token', { rules: retry, signal, progress }, (attempt) =>
          getIdToken({ ...base, agents, signal, attempt }),
        );
      case 'web-identity':
        return tokenFile(workspacePath(base.tokenFile, environment), webIdentityLimit);
      case 'saml':
        return tokenFile(workspacePath(base.assertionFile, environment), assertionLimit);
      default:
        throw new Error(`${base.kind} has no token.`);
    }
  };
  return (base, fresh) => {
    const key = JSON.stringify(base);
    const before = fresh ? undefined : kept.get(key);
    const token = before ?? fetched(base);
    kept.set(key, token);
    return token;
  };
}

async function tokenFile(path: string, limit: number): Promise<string> {
  try {
    return await readTokenFile(path, limit);
  } catch (error) {
    if (!(error instanceof FileProblem)) {
      throw error;
    }
    throw new CallFailed({
      operation: 'ReadTokenFile',
      code: 'TokenFileUnreadable',
      message: `${error.message} ${error.fix}`,
      attempts: 1,
    });
  }
}
