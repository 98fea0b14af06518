import { describe, expect, it } from 'vitest';
import {
  isOptInRegion,
  partitionOf,
  partitionOfRegion,
  partitions,
} from '../../../src/domain/identifiers/partition.js';

describe('the partition of a Region', () => {
  it.each([
    ['us-east-1', 'aws'],
    ['eu-west-1', 'aws'],
    ['ap-southeast-7', 'aws'],
    ['sa-east-1', 'aws'],
    ['ca-west-1', 'aws'],
    ['me-central-1', 'aws'],
    ['af-south-1', 'aws'],
    ['il-central-1', 'aws'],
    ['mx-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-west-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['us-isof-east-1', 'aws-iso-f'],
    ['us-isob-west-1', 'aws-iso-b'],
    ['sa-west-1', 'aws'],
    ['me-west-1', 'aws'],
    ['ap-east-2', 'aws'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('%s belongs to %s and to no other', (region, id) => {
    expect(partitionOfRegion(region)?.id).toBe(id);
    expect(partitions.filter(({ regions }) => regions.test(region)).map((one) => one.id)).toEqual([id]);
  });

  it.each(['', 'moon-base-1', 'us-east', 'us-east-1a', 'US-EAST-1', 'local', 'eusc-fr-east-1'])(
    'of %j is unknown',
    (region) => {
      expect(partitionOfRegion(region)).toBeUndefined();
    },
  );
});

it('each default Region belongs to its partition', () => {
  expect(partitions.map(({ defaultRegion }) => partitionOfRegion(defaultRegion)?.id)).toEqual(
    partitions.map(({ id }) => id),
  );
});

it('only China has another audience', () => {
  const others = partitions.filter(({ audience }) => audience !== 'sts.amazonaws.com');
  expect(others.map(({ id, audience }) => [id, audience])).toEqual([['aws-cn', 'sts.amazonaws.com.cn']]);
});

it('a partition is found by its exact id', () => {
  expect(partitionOf('aws-cn')?.defaultRegion).toBe('cn-northwest-1');
  expect(partitionOf('AWS')).toBeUndefined();
  expect(partitionOf('')).toBeUndefined();
});

it('each partition has its own sign-in and IPv6 hosts', () => {
  const signIn = Object.fromEntries(partitions.map((one) => [one.id, one.signIn]));
  expect(signIn['aws-eusc']).toBe('eusc-de-east-1.signin.amazonaws-eusc.eu');
  expect(new Set(Object.values(signIn)).size).toBe(8);
  expect(partitions.every(({ signIn: host, dualStackDnsSuffix }) => host !== '' && dualStackDnsSuffix !== '')).toBe(
    true,
  );
});

it.each([
  ['us-east-1', false],
  ['eu-north-1', false],
  ['sa-east-1', false],
  ['ca-west-1', true],
  ['ap-southeast-7', true],
  ['eu-central-2', true],
  ['mx-central-1', true],
  // A Region name that does not exist yet.
  ['ap-west-9', true],
  ['cn-north-1', false],
  ['moon', false],
])('an account must enable %s: %s', (region, isOptIn) => {
  expect(isOptInRegion(region)).toBe(isOptIn);
});
