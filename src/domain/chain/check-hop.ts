import { isRoleArn } from '../identifiers/arn.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import { durationProblem } from '../session-limits/duration-limits.js';
import { managedPolicyHome, policyCharacters, sessionPolicyLimit } from '../session-limits/session-policy.js';
import { tagRefusals } from '../session-limits/tags.js';
import { checkAccountGuards } from './account-guard.js';
import type { Hop } from './hop.js';

/** Reports everything in a hop that AWS is certain to reject, whatever the other hops are. */
export function checkHop(hop: Hop, place: Place): void {
  checkDuration(hop, place.at('role-duration-seconds'));
  checkTags(hop, place.at('custom-tags'));
  checkPolicies(hop, place);
  checkAccountGuards(hop, place.at('allowed-account-ids'));
}

function checkDuration(hop: Hop, place: Place): void {
  const chaining = hop.chaining === 'ask' ? 'unsure' : hop.chaining;
  const problem = durationProblem(hop.durationSeconds, chaining);
  if (problem !== undefined) {
    place.report(problem.what, problem.fix);
  }
}

function checkTags({ tags, transitiveTagKeys }: Hop, place: Place): void {
  for (const { what, fix } of tagRefusals(tags, transitiveTagKeys)) {
    place.report(what, fix);
  }
}

function checkPolicies(hop: Hop, place: Place): void {
  const { sent, withoutBlanks } = policyCharacters(hop.policy ?? '', hop.policyArns);
  if (sent > sessionPolicyLimit && !isLongByBlanks(hop)) {
    const count =
      withoutBlanks < sent ? `${sent} characters (${withoutBlanks} without white space)` : `${sent} characters`;
    const fix = withoutBlanks > sessionPolicyLimit ? 'shorten the policy' : 'write the policy without white space';
    place
      .at('session policies')
      .report(
        `${count} of inline policy and policy ARNs`,
        `AWS accepts at most ${sessionPolicyLimit} together; ${fix}`,
      );
  }
  const { role } = hop;
  if (!isRoleArn(role)) {
    return;
  }
  for (const arn of hop.policyArns) {
    const { partition, accountId } = managedPolicyHome(arn);
    if (partition !== '' && (partition !== role.partition || ![role.accountId, 'aws'].includes(accountId))) {
      place
        .at('managed-session-policies')
        .report(
          `${quote(arn)} is not in the account and partition of ${role.arn}`,
          `Use a policy of account ${role.accountId}, or one of AWS's own (arn:${role.partition}:iam::aws:policy/…)`,
        );
    }
  }
}

/**
 * Whether only white space makes a hop's session policies longer than the limit. AssumeRole may accept such a hop: it
 * limits the packed size of a policy. The federated calls do not: they limit the text to 2,048 characters.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function isLongByBlanks({ operation, policy = '', policyArns }: Hop): boolean {
  const { sent, withoutBlanks } = policyCharacters(policy, policyArns);
  return operation === 'AssumeRole' && sent > sessionPolicyLimit && withoutBlanks <= sessionPolicyLimit;
}
