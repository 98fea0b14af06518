import type { Places } from '../input/place.js';
import { type BaseFacts, hasIdToken, idTokenFix } from './base-facts.js';
import { profileVariables } from './profile-variables.js';
import { hasNoMetadata } from './provider.js';

/**
 * Reports that there is no base identity if the machine has no AWS metadata service, the last source; returns whether
 * it did. GitHub-hosted runners have none, and without this problem the step would end with a timeout.
 */
export function refusesMetadata(facts: BaseFacts, places: Places): boolean {
  const { machine, wantsRole } = facts;
  if (!hasNoMetadata(machine.environment)) {
    return false;
  }
  const canAsk = hasIdToken(machine.environment);
  const [settings] = profileVariables(machine);
  const files =
    settings === undefined ? '' : ` (the profile ${settings.name} of ${settings.variable} has only settings)`;
  if (canAsk && !wantsRole) {
    places('role-to-assume, role-chain, targets').report(
      `none of them names a role, and without a role there is no base identity: no access keys, no token file, and no AWS variables or files with credentials${files}`,
      `${startHint(facts)}. Or give access keys`,
    );
    return true;
  }
  places('credential-source').report(
    !canAsk && wantsRole
      ? `there is no base identity: no access keys, no token file, no AWS variables or files with credentials${files}, and the job cannot request an ID token`
      : `there is no base identity: no access keys, no token file, and no AWS variables or files with credentials${files} on this machine`,
    `${startHint(facts)}. Or give access keys`,
  );
  return true;
}

/** The warning to log before the instance metadata service is queried as the last source. */
export function metadataWarning(facts: BaseFacts): string {
  return `Only the EC2 instance metadata service is left as a source of a base identity: the job has no access keys, no token file, and no AWS variables or files with credentials. ${startHint(facts)}.`;
}

/** Advice on how to give the job a base identity. */
function startHint({ given, isRoleChaining, skipsOidc, wantsRole, machine }: BaseFacts): string {
  if (!hasIdToken(machine.environment)) {
    return idTokenFix;
  }
  if (!wantsRole) {
    return 'Name a role in role-to-assume, role-chain or targets (an unset variable makes an input empty): the job can request an ID token, and a role turns it into AWS credentials';
  }
  const inTheWay = [
    ...(skipsOidc ? ['force-skip-oidc'] : []),
    ...(isRoleChaining ? ['role-chaining'] : []),
    ...(/^(auto)?$/i.test(given['credential-source']) ? [] : ['credential-source']),
  ];
  return `Remove ${inTheWay.join(' and ')} to start from the job's ID token`;
}
