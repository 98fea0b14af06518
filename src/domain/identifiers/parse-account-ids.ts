import type { PlacedText } from '../input/place.js';
import { quote } from '../input/quote.js';
import { accountIdsWithin, isAccountId } from './arn.js';

/** Reads a list of account IDs; empty if one is invalid, so that no follow-up problem is reported. */
export function parseAccountIds(items: readonly PlacedText[]): readonly string[] {
  const invalid = items.filter(({ text }) => !isAccountId(text));
  for (const { text, place } of invalid) {
    place.report(`${quote(text)} is not an AWS account ID`, accountIdFix(text));
  }
  return invalid.length > 0 ? [] : items.map(({ text }) => text);
}

function accountIdFix(text: string): string {
  const plain = text.normalize('NFKC');
  const digits = plain.replace(/[\s-]/g, '');
  const within = plain.match(accountIdsWithin) ?? [];
  const [only = isAccountId(digits) ? digits : undefined, ...others] = within;
  if (others.length > 0) {
    return `Write one account ID per line, or commas between them: ${within.join(', ')}`;
  }
  if (only !== undefined) {
    return `Write ${only}`;
  }
  return /^(any|all|\*)$/i.test(text)
    ? 'Write all twelve digits of each account, or remove the list to allow every account'
    : 'Write all twelve digits, including a leading zero';
}
