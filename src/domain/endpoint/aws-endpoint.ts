import { type Partition, partitionOfRegion, partitions } from '../identifiers/partition.js';

/** STS's global host. It serves the partition aws only, and accepts signatures for us-east-1 only. */
export const globalStsHost = 'sts.amazonaws.com';

/** Whether an STS endpoint is AWS's own, VPC endpoints included; true if no endpoint is given. */
export function isAwsEndpoint(endpoint: string | undefined): boolean {
  const host = hostOf(endpoint);
  return host === undefined || suffixes.some((suffix) => host.endsWith(`.${suffix}`));
}

/** The partition of an AWS endpoint; undefined if the host name does not show it. */
export function partitionOfEndpoint(endpoint: string | undefined): Partition | undefined {
  const region = regionOfEndpoint(endpoint);
  return region === undefined ? undefined : partitionOfRegion(region);
}

/** The only Region for which an AWS endpoint accepts signatures; undefined if the host name does not show it. */
export function regionOfEndpoint(endpoint: string | undefined): string | undefined {
  const host = hostOf(endpoint);
  if (host === undefined || !isAwsEndpoint(endpoint)) {
    return undefined;
  }
  return host === globalStsHost ? 'us-east-1' : host.split('.').find((label) => partitionOfRegion(label) !== undefined);
}

const suffixes = partitions.flatMap(({ dnsSuffix, dualStackDnsSuffix }) => [dnsSuffix, dualStackDnsSuffix]);

function hostOf(endpoint: string | undefined): string | undefined {
  return endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint).hostname : undefined;
}
