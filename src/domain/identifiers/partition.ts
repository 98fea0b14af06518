/** An AWS partition: a group of Regions with its own identities. */
export interface Partition {
  readonly id: string;
  readonly regions: RegExp;
  /** The default Region of STS. */
  readonly defaultRegion: string;
  /** The DNS suffix of service hosts. */
  readonly dnsSuffix: string;
  /** The DNS suffix of dual-stack hosts. */
  readonly dualStackDnsSuffix: string;
  /** The default audience of the job's ID token. */
  readonly audience: string;
  /** The sign-in host of the console, which is also the audience of SAML assertions. */
  readonly signIn: string;
}

/** The audience of the job's ID token in most partitions, and for a role whose partition is unknown. */
export const commonAudience = 'sts.amazonaws.com';

/** AWS's partitions, as in the partition metadata of its SDKs. */
export const partitions: readonly Partition[] = [
  {
    id: 'aws',
    regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    defaultRegion: 'us-east-1',
    dnsSuffix: 'amazonaws.com',
    dualStackDnsSuffix: 'api.aws',
    audience: commonAudience,
    signIn: 'signin.aws.amazon.com',
  },
  {
    id: 'aws-cn',
    regions: /^cn-\w+-\d+$/,
    defaultRegion: 'cn-northwest-1',
    dnsSuffix: 'amazonaws.com.cn',
    dualStackDnsSuffix: 'api.amazonwebservices.com.cn',
    audience: 'sts.amazonaws.com.cn',
    signIn: 'signin.amazonaws.cn',
  },
  {
    id: 'aws-us-gov',
    regions: /^us-gov-\w+-\d+$/,
    defaultRegion: 'us-gov-west-1',
    dnsSuffix: 'amazonaws.com',
    dualStackDnsSuffix: 'api.aws',
    audience: commonAudience,
    signIn: 'signin.amazonaws-us-gov.com',
  },
  {
    id: 'aws-iso',
    regions: /^us-iso-\w+-\d+$/,
    defaultRegion: 'us-iso-east-1',
    dnsSuffix: 'c2s.ic.gov',
    dualStackDnsSuffix: 'api.aws.ic.gov',
    audience: commonAudience,
    signIn: 'us-iso-east-1.signin.c2shome.ic.gov',
  },
  {
    id: 'aws-iso-b',
    regions: /^us-isob-\w+-\d+$/,
    defaultRegion: 'us-isob-east-1',
    dnsSuffix: 'sc2s.sgov.gov',
    dualStackDnsSuffix: 'api.aws.scloud',
    audience: commonAudience,
    signIn: 'us-isob-east-1.signin.sc2shome.sgov.gov',
  },
  {
    id: 'aws-iso-e',
    regions: /^eu-isoe-\w+-\d+$/,
    defaultRegion: 'eu-isoe-west-1',
    dnsSuffix: 'cloud.adc-e.uk',
    dualStackDnsSuffix: 'api.cloud-aws.adc-e.uk',
    audience: commonAudience,
    signIn: 'eu-isoe-west-1.signin.csphome.adc-e.uk',
  },
  {
    id: 'aws-iso-f',
    regions: /^us-isof-\w+-\d+$/,
    defaultRegion: 'us-isof-south-1',
    dnsSuffix: 'csp.hci.ic.gov',
    dualStackDnsSuffix: 'api.aws.hci.ic.gov',
    audience: commonAudience,
    signIn: 'us-isof-south-1.signin.csphome.hci.ic.gov',
  },
  {
    id: 'aws-eusc',
    regions: /^eusc-(de)-\w+-\d+$/,
    defaultRegion: 'eusc-de-east-1',
    dnsSuffix: 'amazonaws.eu',
    dualStackDnsSuffix: 'api.amazonwebservices.eu',
    audience: commonAudience,
    signIn: 'eusc-de-east-1.signin.amazonaws-eusc.eu',
  },
];

/** The partition with an id, if it exists. */
export function partitionOf(id: string): Partition | undefined {
  return partitions.find((partition) => partition.id === id);
}

/** The partition of a Region, if the Region has a known form. */
export function partitionOfRegion(region: string): Partition | undefined {
  return partitions.find((partition) => partition.regions.test(region));
}

/** Whether a text has the form of a Region, so that it can safely become part of a host name. */
export function isRegionName(text: string): boolean {
  return /^[a-z]+(-[a-z]+)+-\d{1,2}$/.test(text);
}

/**
 * Regions of the partition aws that every account has. The list is complete: a Region launched after 20 March 2019 is
 * opt-in. https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
export const regionsOfEveryAccount = new Set([
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
]);

/** Whether a Region is opt-in. */
export function isOptInRegion(region: string): boolean {
  return partitionOfRegion(region)?.id === 'aws' && !regionsOfEveryAccount.has(region);
}
