import type { BaseIdentity } from '../chain/base-identity.js';
import type { Places } from '../input/place.js';
import type { FileFault } from '../shared-config/shared-config.js';
import { cliSearch } from './aws-tools/aws-cli.js';
import { profileAs, toolIdentityOf } from './aws-tools/tool-profiles.js';
import type { ToolIdentity } from './aws-tools/tool-search.js';
import type { Machine } from './machine.js';
import { profileVariables, reportAbsent, reportDifferent } from './profile-variables.js';
import { providerChaining } from './provider-chaining.js';

/** A base identity that the default credential chain finds on the machine. */
export type MachineBase = Extract<BaseIdentity, { readonly kind: 'default-chain' }>;

/**
 * Returns the identity of the machine, as the AWS CLI and boto3 select it. Reports a problem and returns undefined if a
 * variable names a missing or invalid profile, or two variables name different ones: nothing is used in their place.
 */
export function machineBase(machine: Machine, places: Places): MachineBase | undefined {
  const variables = profileVariables(machine);
  const absent = variables.find(({ name }) => profileAs('AWS CLI and boto3', name, machine) === undefined);
  if (absent !== undefined) {
    reportAbsent(absent, machine, places);
    return undefined;
  }
  const names = variables.length === 0 ? ['default'] : [...new Set(variables.map(({ name }) => name))];
  const searches = names.map((name) => cliSearch(machine, name));
  if (names.length > 1 && searches.some(comesFromProfile)) {
    reportDifferent(variables, places);
    return undefined;
  }
  return searches[0] && baseOf(searches[0], machine, places);
}

/** Returns the identity of a profile in the machine's AWS files; reports its faults, and returns undefined then. */
export function profileBase(name: string, machine: Machine, places: Places): MachineBase | undefined {
  return baseOf(toolIdentityOf('AWS CLI and boto3', name, machine), machine, places);
}

function baseOf(found: ToolIdentity, machine: Machine, places: Places): MachineBase | undefined {
  // This action ignores a byte order mark, with a warning.
  const possible = machine.files.faults.filter(({ kind }) => kind !== 'mark');
  const faults = relevantFaults(found, possible);
  for (const { path, what } of faults) {
    places(path).report(
      `${what}, so the identity of this machine is not certain`,
      'Fix the file, or set credential-source to another source',
    );
  }
  if (found.kind === 'fault') {
    reportFault(found, machine, places);
    return undefined;
  }
  const { origin, provider } = found;
  return faults.length > 0 ? undefined : { kind: 'default-chain', origin, chaining: providerChaining(provider) };
}

/**
 * Returns the faults of AWS files that may change the identity: none if it comes from variables, those of its profiles
 * if it comes from a profile, and all if it comes from a service, which is asked only if no profile has credentials.
 */
function relevantFaults(found: ToolIdentity, faults: readonly FileFault[]): readonly FileFault[] {
  if (found.kind === 'fault') {
    return faults.filter(({ profile }) => profile === undefined || profile === found.profile);
  }
  switch (found.origin.kind) {
    case 'environment':
    case 'web-identity':
      return [];
    case 'profile':
      return faults.filter(({ profile }) => profile === undefined || found.profiles?.includes(profile));
    default:
      return faults;
  }
}

function comesFromProfile(found: ToolIdentity): boolean {
  return found.kind === 'fault' ? found.profile !== undefined : found.origin.kind === 'profile';
}

function reportFault(
  { fault, profile }: Extract<ToolIdentity, { readonly kind: 'fault' }>,
  machine: Machine,
  places: Places,
): void {
  if (profile === undefined) {
    const fix = 'Set both variables, or none; or set credential-source to another source';
    places('credential-source').report(fault, fix);
    return;
  }
  const by = profileVariables(machine).filter(({ name }) => name === profile);
  const files = machine.files.profiles.get(profile)?.files ?? [];
  places([`profile ${profile}`, ...by.map(({ variable }) => variable)].join(', ')).report(
    `${files.join(' and ')}: ${fault}`,
    'Fix the profile, or set credential-source to another source',
  );
}
