import type { Target } from '../chain/target.js';
import { isRoleArn } from '../identifiers/arn.js';
import { partitionOf } from '../identifiers/partition.js';
import type { Place, Places } from '../input/place.js';
import { quote } from '../input/quote.js';
import { shortList } from '../input/short-list.js';
import type { Settings } from './settings.js';

/** Reports inputs that do not fit the chosen targets, such as `output-credentials` for several targets. */
export function checkTargets({ handover, audience }: Settings, targets: readonly Target[], places: Places): void {
  if (audience === undefined) {
    reportMixedAudiences(targets, places('targets'));
  }
  const several = targets.length > 1;
  const names = targets.flatMap(({ name }) => name ?? []);
  if (several && handover.profile !== undefined && !names.includes(handover.profile)) {
    places('aws-profile').report(
      `${quote(handover.profile)} is none of the selected targets`,
      `Name one of ${shortList(names, mostShown)}: it becomes the current profile`,
    );
  }
  if (several && handover.profile === undefined && handover.environmentAsked) {
    places('output-env-credentials').report(
      'there are several targets, and the step does not name the one whose keys to export',
      'Name one of them in aws-profile',
    );
  }
  if (several && handover.outputs) {
    places('output-credentials').report(
      'there are several targets, and the outputs have room for one set of keys',
      'Use the profiles, or one target per step',
    );
  }
}

/** Maximum names listed in a message. */
const mostShown = 12;

/** Reports targets in partitions with different audiences: all targets share one ID token, which has one audience. */
function reportMixedAudiences(targets: readonly Target[], place: Place): void {
  const roles = targets.filter(({ base }) => base.kind === 'oidc').flatMap(({ hops }) => hops[0]?.role ?? []);
  const partitions = [...new Set(roles.filter(isRoleArn).map(({ partition }) => partition))];
  const audiences = new Set(partitions.map((id) => partitionOf(id)?.audience));
  if (audiences.size > 1) {
    place.report(
      `the targets begin in the partitions ${partitions.join(', ')}, whose ID tokens have different audiences`,
      'Use a separate step for each partition, or name one audience that all their providers accept',
    );
  }
}
