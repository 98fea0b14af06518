import type { StsPlace } from '../aws/sts.js';
import type { Target } from '../domain/chain/target.js';
import type { WalkRequest } from '../domain/chain/walk-request.js';
import { stsAddress, stsRegion } from '../domain/endpoint/sts-endpoint.js';
import type { Agents } from '../net/agents.js';

/** The name and version by which AWS knows this action in its logs. */
const userAgent = ['assume-role', '1'] as const;

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
  const pools = agents.to(stsAddress(target, request.endpoint));
  return { region: stsRegion(target), ...(endpoint !== undefined && { endpoint }), userAgent, agents: pools };
}

/** Every address that a walk will ask; the connections are opened for them. */
export function addresses(request: WalkRequest): readonly URL[] {
  const { targets } = request;
  const tokenServices = targets.flatMap(({ base }) => (base.kind === 'oidc' ? [new URL(base.requestUrl)] : []));
  return [...targets.map((target) => stsAddress(target, request.endpoint)), ...tokenServices];
}
