import type { StsPlace } from '../aws/sts.js';
import type { Target } from '../domain/chain/target.js';
import type { WalkRequest } from '../domain/chain/walk-request.js';
import { stsAddress, stsRegion } from '../domain/endpoint/sts-endpoint.js';
import type { Connections } from '../net/connections.js';
import { hideSdkNotice } from './node-version.js';

/** The name and version by which AWS knows this action in its logs. */
const userAgent = ['assume-role', '1'] as const;

/**
 * The SDK reads the environment itself: the endpoint of the step is for the calls of its credential providers too, and its
 * notice about old versions of Node has no place in the log.
 */
export function setProviderEndpoint({ endpoint }: WalkRequest): void {
  hideSdkNotice();
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
export function stsPlace(target: Target, { endpoint }: WalkRequest, connections: Connections): StsPlace {
  const { agents } = connections.to(new URL(stsAddress(target, endpoint)));
  return { region: stsRegion(target), ...(endpoint !== undefined && { endpoint }), userAgent, agents };
}
