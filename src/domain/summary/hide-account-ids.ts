import { accountIdsWithin } from '../identifiers/arn.js';

/** Returns a text with `***` in place of every account ID. */
export function withoutAccountIds(text: string): string {
  return text.replace(accountIdsWithin, '***');
}
