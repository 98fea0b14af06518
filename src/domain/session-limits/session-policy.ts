import type { Place, PlacedText } from '../input/place.js';
import { emptyItemFix, type Refusal } from '../input/problem.js';
import { quote } from '../input/quote.js';
import { plainValue, type ValueNode } from '../input/value-node.js';

/** AWS's limit on the characters of the inline and managed session policies together. */
export const sessionPolicyLimit = 2048;

/** Characters of a hop's session policies: as sent, and without white space. */
export function policyCharacters(
  policy: string,
  policyArns: readonly string[],
): { readonly sent: number; readonly withoutBlanks: number } {
  const arns = policyArns.reduce((sum, { length }) => sum + length, 0);
  const compact = policy.replace(/("(?:[^"\\]|\\.)*")|[\t\n\r ]+/g, (_, text: string | undefined) => text ?? '');
  return { sent: policy.length + arns, withoutBlanks: compact.length + arns };
}

const maximumManagedPolicies = 10;
const managedPolicyArn = /^arn:(aws[\w-]*):iam::(\d{12}|aws):policy\/[\x21-\x7e]{1,640}$/;

/** The refusal of an empty inline session policy. */
export const emptyPolicy: Refusal = {
  what: 'the session policy is empty, so the restriction would be lost',
  fix: `Fill it in, or remove it if you mean no restriction. ${emptyItemFix}`,
};

/** Explains a recognizable mistake in place of a session policy; undefined for any other text. */
export function policyMistake(text: string): readonly [what: string, fix: string] | undefined {
  if (/^arn:\S+$/.test(text)) {
    return [
      'the session policy is an ARN',
      'Write the ARN in managed-session-policies; this takes the JSON of a policy',
    ];
  }
  if (/^\S+\.(?:json|ya?ml)$/.test(text)) {
    return [`the session policy is the name of a file, ${quote(text)}`, 'Write the JSON itself; no file is read'];
  }
  return /^"\s*\{/.test(text)
    ? [
        'the session policy is JSON inside a JSON string',
        'Remove toJSON() around it, or the outer quotes and backslashes',
      ]
    : undefined;
}

/**
 * Returns the text of an inline session policy to send: JSON unchanged, or a YAML map as JSON. Reports a problem and
 * returns undefined if it is not an object or has characters that AWS does not accept. `policy` is `written`, parsed.
 */
export function policyText(written: ValueNode, policy: ValueNode, place: Place): string | undefined {
  if (policy.kind !== 'map') {
    place.report(
      'the session policy is not an object',
      'Write an IAM policy document: {"Version":"2012-10-17","Statement":[…]}',
    );
    return undefined;
  }
  const text = written.kind === 'scalar' ? written.text : JSON.stringify(plainValue(written));
  if (!/^[\t\n\r\x20-\xff]+$/.test(text)) {
    place.report(
      'the session policy contains characters beyond Latin-1',
      'AWS accepts U+0020 to U+00FF and line breaks',
    );
    return undefined;
  }
  return text;
}

/** Returns the ARNs of managed session policies; reports a problem for each invalid one, and for too many. */
export function parseManagedPolicies(items: readonly PlacedText[], place: Place): readonly string[] {
  if (items.length > maximumManagedPolicies) {
    place.report(`${items.length} managed session policies`, `AWS accepts at most ${maximumManagedPolicies}`);
  }
  for (const item of items.filter(({ text }) => !managedPolicyArn.test(text))) {
    item.place.report(`${quote(item.text)} is not the ARN of a managed policy`, managedPolicyFix(item.text));
  }
  return items.map(({ text }) => text);
}

function managedPolicyFix(text: string): string {
  if (/^arn:/.test(text) && /\sarn:/.test(text)) {
    return `Write one ARN per line, or commas between them: ${text.split(/\s+/).join(', ')}`;
  }
  const unset = /^arn:(?:aws[\w-]*)?:iam:::policy/.test(text) ? `. ${emptyItemFix}` : '';
  const name = /^[\w+=,.@-]+$/.test(text) ? text : 'ReadOnlyAccess';
  return `Write it like arn:aws:iam::aws:policy/${name} (of AWS) or arn:aws:iam::<account ID>:policy/${name}${unset}`;
}

/** The partition and account of a managed policy's ARN; the account is `aws` for AWS's own policies. */
export function managedPolicyHome(arn: string): { readonly partition: string; readonly accountId: string } {
  const [, partition = '', accountId = ''] = managedPolicyArn.exec(arn) ?? [];
  return { partition, accountId };
}
