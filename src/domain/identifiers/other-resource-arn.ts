import type { Refusal } from '../input/problem.js';
import { quote } from '../input/quote.js';

/** Matches the ARN of an IAM resource that is not a role. */
export const otherArn =
  /^arn:([\w-]+):iam::(\d{12}):(user|group|policy|instance-profile|oidc-provider|saml-provider|mfa|root)(?:\/(?:.*\/)?(.*))?$/;

const assumable = 'STS can assume roles only. Write a role';
const trusting = 'Write the role that trusts the provider';

/** What the resource is called, and what to write instead. */
const kinds: Readonly<Record<string, readonly [noun: string, fix: string]>> = {
  user: ['a user', assumable],
  group: ['a group', assumable],
  mfa: ['an MFA device', assumable],
  root: ['an account', 'Write a role in that account'],
  policy: ['a policy', 'Write the role that has the policy'],
  'instance-profile': ['an instance profile', 'Write the role in it, which usually has the same name'],
  'oidc-provider': ['an OIDC provider', trusting],
  'saml-provider': ['a SAML provider', trusting],
};

/** Explains a text that matches `otherArn` where a role is expected; takes the groups of the match. */
export function explainOtherArn(
  text: string,
  [, partition = '', account = '', kind = '', name = '']: readonly string[],
): Refusal {
  const [noun, fix] = kinds[kind] ?? ['another resource', assumable];
  return {
    what: `${quote(text)} is the ARN of ${noun}, not of a role`,
    fix: `${fix}: arn:${partition}:iam::${account}:role/${kind === 'instance-profile' ? name : '<name>'}`,
  };
}
