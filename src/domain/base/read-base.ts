import type { CredentialSource, MachineOrigin } from '../chain/base-identity.js';
import type { Places } from '../input/place.js';
import { type BaseFacts, type ChosenBase, hasIdToken, idTokenFix } from './base-facts.js';
import { givenBase } from './given-base.js';
import { machineBase, rivalWarnings } from './machine-base.js';
import { profileVariables } from './profile-variables.js';
import { hasContainer, hasNoMetadata } from './provider.js';

/** Creates the base identity of a source; reports problems and returns undefined if something is missing. */
export function readBase(
  source: Exclude<CredentialSource, 'auto'>,
  reason: string,
  facts: BaseFacts,
  places: Places,
): ChosenBase | undefined {
  const assumed = facts.isDryRun ? dryRunBase(source, facts) : undefined;
  if (assumed !== undefined) {
    return { ...assumed, reason: `assumed for the dry run: ${assumed.reason}`, warnings: [] };
  }
  if (source === 'default-chain') {
    return defaultChain(reason, facts, places);
  }
  const base = givenBase(source, facts, places);
  const service = facts.wantsRole ? undefined : services.get(source);
  return base && { base, reason, warnings: service ? rivalWarnings(service, facts.machine) : [] };
}

/** Identities that later steps find without this action if no role is requested. */
const services: ReadonlyMap<CredentialSource, MachineOrigin> = new Map([
  ['EcsContainer', { kind: 'container' }],
  ['Ec2InstanceMetadata', { kind: 'metadata' }],
]);

function defaultChain(reason: string, facts: BaseFacts, places: Places): ChosenBase | undefined {
  const base = machineBase(facts.machine, places);
  if (base === undefined || (base.origin.kind === 'metadata' && refusesMetadata(facts, places))) {
    return undefined;
  }
  const last = base.origin.kind === 'metadata' ? [metadataWarning(facts)] : [];
  return { base, reason, warnings: [...last, ...rivalWarnings(base.origin, facts.machine)] };
}

/** GitHub-hosted runners have no instance metadata service, so report the missing ID token instead of a timeout. */
function refusesMetadata(facts: BaseFacts, places: Places): boolean {
  const { machine, wantsRole } = facts;
  if (!hasNoMetadata(machine.environment)) {
    return false;
  }
  const canAsk = hasIdToken(machine.environment);
  const [settings] = profileVariables(machine);
  const files =
    settings === undefined ? '' : ` (the profile ${settings.name} of ${settings.variable} holds settings only)`;
  places('credential-source').report(
    wantsRole && !canAsk
      ? `there is no base identity: no access keys, no token file, no AWS variables or files with credentials${files}, and the job cannot ask for an ID token`
      : `there is no base identity: no access keys, no token file, and no AWS variables or files with credentials${files} on this machine`,
    `${startHint(facts)}. Or give access keys`,
  );
  return true;
}

function metadataWarning(facts: BaseFacts): string {
  return `Only the EC2 instance metadata service is left to ask for a base identity: the job has no access keys, no token file, and no AWS variables or files with credentials. ${startHint(facts)}.`;
}

/** How to give the job a base identity. */
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

const noKeys = { accessKeyId: '', secretAccessKey: '' };

/** The base identity that the step would have in a run with access; undefined if this run has it. */
function dryRunBase(source: CredentialSource, facts: BaseFacts): Pick<ChosenBase, 'base' | 'reason'> | undefined {
  const { given, machine, audience } = facts;
  const { environment } = machine;
  const oidc = { kind: 'oidc', requestUrl: '', requestToken: '', audience } as const;
  switch (source) {
    case 'oidc':
      return hasIdToken(environment) ? undefined : { base: oidc, reason: 'this run cannot ask for an ID token' };
    case 'access-keys':
      return given['aws-access-key-id'] !== '' && given['aws-secret-access-key'] !== ''
        ? undefined
        : {
            base: { kind: source, credentials: noKeys },
            reason: 'the access keys are empty in this run, so long-term keys of a user are assumed',
          };
    case 'Environment':
      return environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY
        ? undefined
        : { base: { kind: source, credentials: noKeys }, reason: 'the environment of this run has no keys' };
    default:
      return source === 'default-chain' && showsNothing(facts)
        ? {
            base: oidc,
            reason:
              'this run has neither keys nor an ID token (runs for forks and Dependabot, and local ones, have none), and a job that has an ID token would start from it',
          }
        : undefined;
  }
}

/** Whether the base identity is automatic and this run has none. */
function showsNothing({ given, isRoleChaining, skipsOidc, wantsRole, machine }: BaseFacts): boolean {
  const { environment, files } = machine;
  const isAuto = /^(auto)?$/i.test(given['credential-source']);
  const shows = [
    environment.AWS_ACCESS_KEY_ID,
    environment.AWS_WEB_IDENTITY_TOKEN_FILE,
    hasContainer(environment),
    profileVariables(machine).length > 0,
    files.profiles.size > 0,
    files.faults.length > 0,
  ].some(Boolean);
  return isAuto && wantsRole && !isRoleChaining && !skipsOidc && !shows;
}
