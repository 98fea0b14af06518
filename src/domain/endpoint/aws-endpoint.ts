import { type Partition, partitionOfRegion, partitions } from '../iam/partition.js';

/** STS's global host. It answers for the partition aws only, and takes signatures of us-east-1 only. */
export const globalStsHost = 'sts.amazonaws.com';

/** Whether an STS is one of AWS's own, a VPC endpoint included; without a given endpoint it always is. */
export function isAwsEndpoint(endpoint: string | undefined): boolean {
  const host = hostOf(endpoint);
  return host === undefined || suffixes.some((suffix) => host.endsWith(`.${suffix}`));
}

/** The partition that an endpoint of AWS answers for; undefined where the host does not say so. */
export function partitionOfEndpoint(endpoint: string | undefined): Partition | undefined {
  const host = hostOf(endpoint) ?? '';
  if (!isAwsEndpoint(endpoint)) {
    return undefined;
  }
  return host === globalStsHost
    ? partitionOfRegion('us-east-1')
    : host.split('.').reduce<Partition | undefined>((found, label) => found ?? partitionOfRegion(label), undefined);
}

const suffixes = partitions.flatMap(({ dnsSuffix, dualStackDnsSuffix }) => [dnsSuffix, dualStackDnsSuffix]);

function hostOf(endpoint: string | undefined): string | undefined {
  return endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint).hostname : undefined;
}
