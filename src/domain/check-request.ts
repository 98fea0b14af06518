import { isRoleArn } from './arn.js';
import { wantsRole } from './declared-targets.js';
import { durationText } from './duration.js';
import { type RawInputs, trimmed } from './input-names.js';
import { partitionOf } from './partition.js';
import type { Report } from './problem.js';
import { leastRefreshDuration } from './refresh-plan.js';
import { parseBoolean } from './scalar.js';
import type { Settings } from './settings.js';
import type { Target } from './target.js';

/** Inputs that speak of a hop where there is none, or of one thing where there are several. */
export function checkRequest(
  inputs: RawInputs,
  { delivery }: Settings,
  targets: readonly Target[],
  report: Report,
): void {
  tellMixedAudiences(inputs, targets, report);
  const several = targets.length > 1;
  const names = targets.map(({ name }) => name);
  if (several && delivery.profile !== undefined && !names.includes(delivery.profile)) {
    report({
      where: 'aws-profile',
      what: `'${delivery.profile}' is none of the targets`,
      fix: `Name one of ${names.join(', ')}: it becomes the current profile`,
    });
  }
  if (
    several &&
    delivery.profile === undefined &&
    parseBoolean(trimmed(inputs, 'output-env-credentials'), '', () => undefined) === true
  ) {
    report({
      where: 'output-env-credentials',
      what: 'there are several targets, and nothing says whose keys to export',
      fix: 'Name one of them in aws-profile',
    });
  }
  if (several && delivery.outputs) {
    report({
      where: 'output-credentials',
      what: 'there are several targets, and the outputs hold one set of keys',
      fix: 'Use the profiles, or one target a step',
    });
  }
  if (delivery.refresh && parseBoolean(trimmed(inputs, 'use-existing-credentials'), '', () => undefined) === true) {
    report({
      where: 'refresh',
      what: 'use-existing-credentials keeps keys that cannot be renewed',
      fix: 'Take one of the two out',
    });
  }
  if (delivery.refresh) {
    tellUnrefreshable(targets, report);
  }
  if (!wantsRole(inputs) && delivery.refresh) {
    report({
      where: 'refresh',
      what: 'no role is wanted, so there is no session to renew',
      fix: 'Name a role in role-to-assume, role-chain or targets',
    });
  }
}

/** What cannot be renewed, or not for long enough. */
function tellUnrefreshable(targets: readonly Target[], report: Report): void {
  for (const { base, hops } of targets) {
    const duration = hops.at(-1)?.duration;
    if (base.kind === 'saml') {
      report({
        where: 'refresh',
        what: 'a SAML assertion is good for a few minutes, so the chain cannot be walked again',
        fix: 'Start from an ID token, a token file or keys',
      });
    }
    if (typeof duration === 'number' && duration < leastRefreshDuration) {
      report({
        where: 'refresh',
        what: `${durationText(duration)} is too short: every tool gets credentials with at least 15 minutes left`,
        fix: `Ask for at least ${leastRefreshDuration} seconds`,
      });
    }
  }
}

/** One ID token serves every target, and it is made for one audience. */
function tellMixedAudiences(inputs: RawInputs, targets: readonly Target[], report: Report): void {
  const roles = targets.filter(({ base }) => base.kind === 'oidc').flatMap(({ hops }) => hops[0]?.role ?? []);
  const partitions = [...new Set(roles.filter(isRoleArn).map(({ partition }) => partition))];
  const audiences = new Set(partitions.map((id) => partitionOf(id)?.audience));
  if (audiences.size > 1 && trimmed(inputs, 'audience') === '') {
    report({
      where: 'targets',
      what: `the targets begin in the partitions ${partitions.join(', ')}, whose ID tokens have different audiences`,
      fix: 'Give each partition a step of its own, or name one audience that all their providers accept',
    });
  }
}
