import { nearest } from '../input/nearest.js';
import { isAccountId } from './arn.js';
import { partitionOf, partitions } from './partition.js';

/**
 * Matches a damaged role ARN, in which each run of white space and colons was replaced by one colon. The damage may be:
 * upper case, another service or none, a Region, dashes in the account ID, `roles` or `assumed-role` instead of `role`.
 */
const damaged =
  /arn:(aws[a-z-]*):(?:\w*:)?(?:[a-z]+(?:-[a-z]+)+-\d:)?(\d[\d-]{10,20}\d):(?:assumed-)?roles?[:/]([\w+=,.@/-]+)/i;

/** Maximum length of a text to repair. */
const mostCharacters = 2_048;

/** The role ARN that a damaged text most likely means; undefined if it is too damaged. */
export function likelyArn(text: string): string | undefined {
  if (text.length > mostCharacters) {
    return undefined;
  }
  const plain = text.normalize('NFKC').replace(/[:\s\p{Cf}\p{Cc}]+/gu, ':');
  const [, partition = '', digits = '', resource = ''] = damaged.exec(plain) ?? [];
  const known = partitionOf(partition.toLowerCase())?.id;
  const accountId = digits.replaceAll('-', '');
  const name = resource.replace(/^\/+|\/+$/g, '').replace(/\/{2,}/g, '/');
  const isLikely = known !== undefined && isAccountId(accountId) && name !== '';
  return isLikely ? `arn:${known}:iam::${accountId}:role/${name}` : undefined;
}

/** The partition that an unknown one most likely means: that with the same ending (`gov`, `cn`), else the closest. */
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
