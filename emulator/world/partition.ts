import type { WorldDocument } from './world.js';

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

/** The names of AWS's partitions. */
export const partitions: readonly string[] = Object.keys(regionPatterns);

/** The partition of a Region, from botocore's `partitions.json`; `undefined` when it is not a Region. */
export function partitionOfRegion(region: string): string | undefined {
  return partitions.find((partition) => regionPatterns[partition]?.test(region));
}

/** The partition of an account. */
export function partitionOf(world: WorldDocument, accountId: string): string {
  return world.accounts[accountId]?.partition ?? world.partition ?? 'aws';
}
