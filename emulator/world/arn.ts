/** The parts of an IAM role ARN. */
export interface RoleArn {
  readonly partition: string;
  readonly accountId: string;
  /** `/` or `/…/`. */
  readonly path: string;
  readonly name: string;
}

const roleArnPattern = /^arn:(aws[a-z-]*):iam::(\d{12}):role(\/(?:[\u0021-\u007E]+\/)?)([\w+=,.@-]{1,64})$/;

/** Parses a role ARN; `undefined` for any other text. */
export function parseRoleArn(text: string): RoleArn | undefined {
  const [, partition, accountId, path, name] = roleArnPattern.exec(text) ?? [];
  if (partition === undefined || accountId === undefined || path === undefined || name === undefined) {
    return undefined;
  }
  return { partition, accountId, path, name };
}

const sessionArnPattern = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([\w+=,.@-]{1,64})\/([\w+=,.@-]{2,64})$/;

/** Parses the ARN of a role session; `undefined` for any other text. */
export function parseSessionArn(text: string): { accountId: string; name: string; sessionName: string } | undefined {
  const [, , accountId, name, sessionName] = sessionArnPattern.exec(text) ?? [];
  if (accountId === undefined || name === undefined || sessionName === undefined) {
    return undefined;
  }
  return { accountId, name, sessionName };
}

const regionPatterns: Readonly<Record<string, RegExp>> = {
  aws: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
  'aws-cn': /^cn-\w+-\d+$/,
  'aws-us-gov': /^us-gov-\w+-\d+$/,
  'aws-iso': /^us-iso-\w+-\d+$/,
  'aws-iso-b': /^us-isob-\w+-\d+$/,
  'aws-iso-e': /^eu-isoe-\w+-\d+$/,
  'aws-iso-f': /^us-isof-\w+-\d+$/,
  'aws-eusc': /^eusc-(de)-\w+-\d+$/,
};

/** The partition names AWS uses. */
export const partitions: readonly string[] = Object.keys(regionPatterns);

/** The partition of a Region, from botocore's `partitions.json`; `undefined` when it is not a Region. */
export function partitionOfRegion(region: string): string | undefined {
  return partitions.find((partition) => regionPatterns[partition]?.test(region));
}
