import type { StsPlace } from '../aws/sts.js';
import type { Target } from '../domain/chain/target.js';
import type { WalkRequest } from '../domain/chain/walk-request.js';
import { stsAddress, stsRegion } from '../domain/endpoint/sts-endpoint.js';
import type { Connections } from '../net/connections.js';

/** The name and version by which AWS knows this action in its logs. */
const userAgent = ['assume-role', '1'] as const;

/** Where STS is for a target: its Region, else its partition's default; and the connections to it. */
export function stsPlace(target: Target, { endpoint }: WalkRequest, connections: Connections): StsPlace {
  const { agents } = connections.to(new URL(stsAddress(target, endpoint)));
  return { region: stsRegion(target), ...(endpoint !== undefined && { endpoint }), userAgent, agents };
}
