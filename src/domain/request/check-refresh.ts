import type { Target } from '../chain/target.js';
import { isNonEmpty } from '../input/non-empty.js';
import type { Place, Places } from '../input/place.js';
import { leastRefreshDuration } from '../refresh/plan.js';
import { durationText } from '../session-limits/duration-limits.js';
import type { Settings } from './settings.js';

/** Reports why the sessions of the targets cannot be renewed with `refresh: true`, or not for long enough. */
export function checkRefresh(
  { handover, reusesExisting, wantsRole }: Settings,
  targets: readonly Target[],
  places: Places,
): void {
  if (!handover.refresh) {
    return;
  }
  const refuse = (what: string, fix: string) => places('refresh').report(what, fix);
  if (reusesExisting) {
    refuse('use-existing-credentials keeps keys that cannot be renewed', 'Remove one of the two');
  }
  if (!wantsRole) {
    refuse(
      'no role is requested, so there is no session to renew',
      'Name a role in role-to-assume, role-chain or targets',
    );
  }
  for (const { base, hops } of targets) {
    const duration = hops.at(-1)?.durationSeconds;
    if (base.kind === 'saml') {
      refuse(
        'a SAML assertion is valid for a few minutes, so the roles cannot be assumed again',
        'Start from an ID token, a token file or keys',
      );
    }
    if (typeof duration === 'number' && duration < leastRefreshDuration) {
      refuse(
        `${durationText(duration)} is too short: every tool gets credentials with at least 15 minutes left`,
        `Request at least ${leastRefreshDuration} seconds`,
      );
    }
  }
  reportLostSource(handover.profile, targets, places(targets.length > 1 ? 'targets' : 'aws-profile'));
}

/** Reports a profile from which a renewal would read its base identity, if the step is to overwrite that profile. */
function reportLostSource(profile: string | undefined, targets: readonly Target[], place: Place): void {
  const written = targets.length > 1 ? targets.flatMap(({ name }) => name ?? []) : [profile];
  const own = targets.map(profileOfBase).filter((name) => name !== undefined);
  const lost = [...new Set(own.filter((name) => written.includes(name)))];
  if (isNonEmpty(lost)) {
    place.report(
      `the base identity comes from the profile ${lost.join(', ')}, which the renewing profile would replace`,
      'Choose another name for the renewing profile',
    );
  }
}

/** Warns about temporary base credentials: after they expire, nothing can be renewed. */
export function refreshWarnings({ handover }: Settings, targets: readonly Target[]): readonly string[] {
  const ends = targets.some(({ base }) => 'credentials' in base && base.credentials.sessionToken !== undefined);
  return handover.refresh && ends
    ? [
        'refresh: the keys to start from are temporary. When they expire, nothing can be renewed. For longer jobs, start from an ID token, a token file or a machine identity.',
      ]
    : [];
}

/** The profile from which a renewal would read its base identity; undefined for other bases. */
function profileOfBase({ base }: Target): string | undefined {
  return base.kind === 'default-chain' && base.origin.kind === 'profile' ? base.origin.name : undefined;
}
