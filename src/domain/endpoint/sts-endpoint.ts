import { isRoleArn, type RoleArn, type RoleName } from '../iam/arn.js';
import { partitionOf, partitionOfRegion } from '../iam/partition.js';

/** What decides where STS is asked for a target: its Region, else the partition of its first role. */
export interface StsLocation {
  readonly region?: string;
  readonly hops: readonly { readonly role: RoleArn | RoleName }[];
}

/** The Region whose STS a target is asked in: its own, else the default of its partition. */
export function stsRegion({ region, hops }: StsLocation): string {
  const role = hops.map((hop) => hop.role).find(isRoleArn);
  return region ?? partitionOf(role?.partition ?? 'aws')?.defaultRegion ?? 'us-east-1';
}

/** The address of STS for a target: the given endpoint, else the regional host. https://docs.aws.amazon.com/general/latest/gr/sts.html */
export function stsAddress(location: StsLocation, endpoint: string | undefined): string {
  const region = stsRegion(location);
  return endpoint ?? `https://sts.${region}.${partitionOfRegion(region)?.dnsSuffix ?? 'amazonaws.com'}`;
}
