import { nearest } from '../input/nearest.js';
import { isAccountId } from './arn.js';
import { partitionOf, partitions } from './partition.js';

/**
 * A damaged role ARN: any separators, letter case, prefix and word for a role; an account id with or without dashes.
 */
const damaged =
  /arn[:\s]*(aws[a-z-]*)[:\s]+(?:\w*[:\s]+)??(?:[a-z]+(?:-[a-z]+)+-\d[:\s]*)?:*(\d[\d-]{10,}\d)[:\s]+(?:assumed-)?roles?[:/\s]+([\w+=,.@/-]+)/i;

/** The role ARN that a damaged text most likely means; undefined if it is too damaged. */
export function likelyArn(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/[\p{Cf}\p{Cc}]/gu, ' ');
  const [, partition = '', digits = '', resource = ''] = damaged.exec(plain) ?? [];
  const known = partitionOf(partition.toLowerCase())?.id;
  const accountId = digits.replaceAll('-', '');
  const name = resource.replace(/^\/+|\/+$/g, '').replace(/\/{2,}/g, '/');
  const isLikely = known !== undefined && isAccountId(accountId) && name !== '';
  return isLikely ? `arn:${known}:iam::${accountId}:role/${name}` : undefined;
}

/**
 * The partition that an unknown one most likely means: the one with the same ending (`gov`, `cn`), else the closest.
 */
export function likelyPartition(partition: string): string | undefined {
  const ids = partitions.map(({ id }) => id);
  const ending =
    partition
      .toLowerCase()
      .split(/[^a-z]/)
      .at(-1) ?? '';
  return (
    partitionOf(partition.toLowerCase())?.id ??
    ids.find((id) => ending !== '' && id.endsWith(`-${ending}`)) ??
    nearest(partition, ids)
  );
}
