import { expect, it } from 'vitest';
import { isAwsEndpoint, partitionOfEndpoint, regionOfEndpoint } from '../../../src/domain/endpoint/aws-endpoint.js';

it.each<[string | undefined, boolean, string | undefined]>([
  [undefined, true, undefined],
  ['https://sts.amazonaws.com', true, 'aws'],
  ['https://STS.eu-west-1.AmazonAWS.com', true, 'aws'],
  ['https://sts-fips.us-east-1.amazonaws.com', true, 'aws'],
  ['https://sts.us-gov-west-1.amazonaws.com', true, 'aws-us-gov'],
  ['https://sts.cn-north-1.amazonaws.com.cn', true, 'aws-cn'],
  ['https://sts.eusc-de-east-1.amazonaws.eu', true, 'aws-eusc'],
  ['https://sts.us-iso-east-1.c2s.ic.gov', true, 'aws-iso'],
  ['https://sts.eu-west-1.api.aws', true, 'aws'],
  ['https://vpce-0123456789abcdef0-abcdefgh.sts.eu-west-1.vpce.amazonaws.com', true, 'aws'],
  ['https://minio.example.com', false, undefined],
  ['https://sts.eu-west-1.amazonaws.com.example.com', false, undefined],
  ['https://amazonaws.com.evil', false, undefined],
  ['http://127.0.0.1:9000', false, undefined],
])('%s belongs to AWS: %s, for the partition %s', (endpoint, isAws, partition) => {
  expect(isAwsEndpoint(endpoint)).toBe(isAws);
  expect(partitionOfEndpoint(endpoint)?.id).toBe(partition);
});

it.each<[string | undefined, string | undefined]>([
  [undefined, undefined],
  ['https://sts.amazonaws.com', 'us-east-1'],
  ['https://sts.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['https://STS.EU-WEST-1.amazonaws.com/', 'eu-west-1'],
  ['https://sts-fips.us-west-2.amazonaws.com', 'us-west-2'],
  ['https://sts.eu-west-1.api.aws', 'eu-west-1'],
  ['https://sts.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ['https://vpce-0123456789abcdef0-abcdefgh-eu-west-1a.sts.eu-west-1.vpce.amazonaws.com', 'eu-west-1'],
  ['https://sts.example.amazonaws.com', undefined],
  ['https://sts.eu-west-1.example.com', undefined],
  ['http://127.0.0.1:9000', undefined],
])('%s takes signatures for %s', (endpoint, region) => {
  expect(regionOfEndpoint(endpoint)).toBe(region);
});
