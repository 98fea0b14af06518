/** A group of AWS Regions that shares no identity with any other. */
export interface Partition {
  readonly id: string;
  readonly regions: RegExp;
  /** Where STS is asked when nobody named a Region. */
  readonly defaultRegion: string;
  /** What the names of its services' hosts end in. */
  readonly dnsSuffix: string;
  /** What the ID token of a job is issued for, unless `audience` says otherwise. */
  readonly audience: string;
  /** Host of the console that can switch to a role. */
  readonly console: string;
}

const audience = 'sts.amazonaws.com';

/** AWS's partitions, as in the partition metadata of its SDKs. */
export const partitions: readonly Partition[] = [
  {
    id: 'aws',
    regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    defaultRegion: 'us-east-1',
    dnsSuffix: 'amazonaws.com',
    audience,
    console: 'signin.aws.amazon.com',
  },
  {
    id: 'aws-cn',
    regions: /^cn-\w+-\d+$/,
    defaultRegion: 'cn-northwest-1',
    dnsSuffix: 'amazonaws.com.cn',
    audience: 'sts.amazonaws.com.cn',
    console: 'signin.amazonaws.cn',
  },
  {
    id: 'aws-us-gov',
    regions: /^us-gov-\w+-\d+$/,
    defaultRegion: 'us-gov-west-1',
    dnsSuffix: 'amazonaws.com',
    audience,
    console: 'signin.amazonaws-us-gov.com',
  },
  {
    id: 'aws-iso',
    regions: /^us-iso-\w+-\d+$/,
    defaultRegion: 'us-iso-east-1',
    dnsSuffix: 'c2s.ic.gov',
    audience,
    console: '',
  },
  {
    id: 'aws-iso-b',
    regions: /^us-isob-\w+-\d+$/,
    defaultRegion: 'us-isob-east-1',
    dnsSuffix: 'sc2s.sgov.gov',
    audience,
    console: '',
  },
  {
    id: 'aws-iso-e',
    regions: /^eu-isoe-\w+-\d+$/,
    defaultRegion: 'eu-isoe-west-1',
    dnsSuffix: 'cloud.adc-e.uk',
    audience,
    console: '',
  },
  {
    id: 'aws-iso-f',
    regions: /^us-isof-\w+-\d+$/,
    defaultRegion: 'us-isof-south-1',
    dnsSuffix: 'csp.hci.ic.gov',
    audience,
    console: '',
  },
  {
    id: 'aws-eusc',
    regions: /^eusc-(de)-\w+-\d+$/,
    defaultRegion: 'eusc-de-east-1',
    dnsSuffix: 'amazonaws.eu',
    audience,
    console: '',
  },
];

/** The partition of that id, if AWS has one. */
export function partitionOf(id: string): Partition | undefined {
  return partitions.find((partition) => partition.id === id);
}

/** The partition a Region belongs to, if the Region has a known form. */
export function partitionOfRegion(region: string): Partition | undefined {
  return partitions.find((partition) => partition.regions.test(region));
}

/** Whether a text has the form of a Region; it becomes part of a host name, so nothing else may pass. */
export function isRegionName(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(text);
}
