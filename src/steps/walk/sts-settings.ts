import type { StsSettings } from '../../aws/sts.js';
import type { WalkRequest } from '../../domain/chain/walk-request.js';
import { type StsLocation, signingRegion, stsAddress } from '../../domain/endpoint/sts-address.js';
import { userAgentOf } from '../../domain/endpoint/user-agent.js';
import type { Environment } from '../../domain/input/environment.js';
import type { Connections } from '../../net/connections.js';
import { mayFindSettings } from '../machine/sdk-files.js';

/** Returns what the STS client for a hop or target is made from: its Region, endpoint, user agent and connections. */
export function stsSettings(
  location: StsLocation,
  { endpoint }: WalkRequest,
  { connections, environment }: { readonly connections: Connections; readonly environment: Environment },
): StsSettings {
  const { agents } = connections.to(new URL(stsAddress(location, endpoint)));
  const userAgent = userAgentOf(environment);
  return {
    region: signingRegion(location, endpoint),
    ...(endpoint !== undefined && { endpoint }),
    userAgent,
    agents,
    usesDefaults: !mayFindSettings(),
  };
}
