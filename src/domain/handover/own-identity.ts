import { renewsItself } from '../chain/base-identity.js';
import type { ReachedTarget } from '../chain/outcome.js';
import type { Target } from '../chain/target.js';
import { timeText } from '../identifiers/timestamp.js';
import type { HandoverSettings } from './handover-settings.js';

/** Whether no role is requested and the machine renews the identity itself. */
export function isOwnIdentity(targets: readonly Target[]): boolean {
  return targets.every(({ base, hops }) => hops.length === 0 && renewsItself(base));
}

/** The log line for an identity that the machine renews itself; undefined for others. */
export function ownIdentityLine(
  handover: HandoverSettings,
  { target, credentials }: ReachedTarget,
): string | undefined {
  if (!isOwnIdentity([target])) {
    return undefined;
  }
  if (handover.identityOnly) {
    return 'Later steps find this identity on the machine, so only its Region is exported, not its keys. If later steps need the keys, set output-env-credentials: true or aws-profile.';
  }
  const { expiration } = credentials;
  return expiration === undefined
    ? 'Later steps get the keys of this identity. Nothing renews them when they expire.'
    : `Later steps get the keys of this identity. They expire at ${timeText(expiration)}, and nothing renews them.`;
}
