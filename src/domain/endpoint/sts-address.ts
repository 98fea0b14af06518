import { isRoleArn, type RoleArn, type RoleName } from '../identifiers/arn.js';
import { partitionOf, partitionOfRegion } from '../identifiers/partition.js';
import { regionOfEndpoint } from './aws-endpoint.js';

/** What determines the STS endpoint of a target or hop: its Region, else the partition of the chain's first role. */
export interface StsLocation {
  readonly region?: string;
  readonly hops: readonly { readonly role: RoleArn | RoleName }[];
}

/** The Region of the STS endpoint: the given one, else the default Region of the partition. */
function stsRegion({ region, hops }: StsLocation): string {
  const role = hops.map((hop) => hop.role).find(isRoleArn);
  return region ?? partitionOf(role?.partition ?? 'aws')?.defaultRegion ?? 'us-east-1';
}

/** The Region that calls are signed for: that of a given AWS endpoint if it has one, else that of the target or hop. */
export function signingRegion(location: StsLocation, endpoint: string | undefined): string {
  return regionOfEndpoint(endpoint) ?? stsRegion(location);
}

/**
 * The STS endpoint of a target: the given one, else the regional one.
 * https://docs.aws.amazon.com/general/latest/gr/sts.html
 */
export function stsAddress(location: StsLocation, endpoint: string | undefined): string {
  const region = stsRegion(location);
  return endpoint ?? `https://sts.${region}.${partitionOfRegion(region)?.dnsSuffix ?? 'amazonaws.com'}`;
}
