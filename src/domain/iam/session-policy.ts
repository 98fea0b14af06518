import { quote, type Report } from '../input/problem.js';
import { isAccountId } from './arn.js';

/** AWS's bound on the plain text of the inline and managed session policies together, in characters. */
export const sessionPolicyLimit = 2048;

const maximumManagedPolicies = 10;
const managedPolicyArn = /^arn:(aws[\w-]*):iam::(\d{12}|aws):policy\/[\x21-\x7e]{1,640}$/;

/** Reads an inline session policy: JSON, in the characters that AWS takes. */
export function parsePolicyText(text: string, where: string, report: Report): string | undefined {
  const object = 'Write an IAM policy document: {"Version":"2012-10-17","Statement":[…]}';
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      report({ where, what: 'the session policy is JSON, but not an object', fix: object });
      return undefined;
    }
  } catch {
    report({ where, what: 'the session policy is not valid JSON', fix: object });
    return undefined;
  }
  if (!/^[\t\n\r\x20-\xff]+$/.test(text)) {
    report({
      where,
      what: 'the session policy holds characters beyond Latin-1',
      fix: 'AWS takes U+0020 to U+00FF and line breaks',
    });
    return undefined;
  }
  return text;
}

/** Reads the ARNs of managed session policies. */
export function parseManagedPolicies(arns: readonly string[], where: string, report: Report): readonly string[] {
  if (arns.length > maximumManagedPolicies) {
    report({
      where,
      what: `${arns.length} managed session policies`,
      fix: `AWS takes at most ${maximumManagedPolicies}`,
    });
  }
  for (const arn of arns.filter((text) => !managedPolicyArn.test(text))) {
    report({
      where,
      what: `${quote(arn)} is not the ARN of a managed policy`,
      fix: 'Write it like arn:aws:iam::aws:policy/ReadOnlyAccess',
    });
  }
  return arns;
}

/** The partition and account of a managed policy's ARN; the account is `aws` for AWS's own policies. */
export function managedPolicyHome(arn: string): { readonly partition: string; readonly accountId: string } {
  const [, partition = '', accountId = ''] = managedPolicyArn.exec(arn) ?? [];
  return { partition, accountId };
}

/** Reads a list of account ids. */
export function parseAccountIds(ids: readonly string[], where: string, report: Report): readonly string[] {
  for (const id of ids.filter((text) => !isAccountId(text))) {
    report({
      where,
      what: `${quote(id)} is not an AWS account id`,
      fix: 'Write all twelve digits, a leading zero included',
    });
  }
  return ids;
}
