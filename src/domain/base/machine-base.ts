import { type BaseIdentity, type MachineOrigin, originText } from '../chain/base-identity.js';
import type { Places } from '../input/place.js';
import type { FileFault } from '../shared-config/profiles.js';
import { cliSearch } from './cli-identity.js';
import { profileVariables, reportAbsent, reportDifferent } from './profile-variables.js';
import type { Machine } from './profile-ways.js';
import { providerChaining } from './provider.js';
import { toolIdentity, toolIdentityOf } from './tool-identity.js';
import { type ToolIdentity, tools } from './tool-profile.js';

/** A base identity of the machine. */
export type MachineBase = Extract<BaseIdentity, { readonly kind: 'default-chain' }>;

/**
 * The identity of the machine, as the AWS CLI and boto3 select it. There is no fallback from a profile that a variable
 * names: a missing or invalid profile, or two variables with different profiles, is a problem.
 */
export function machineBase(machine: Machine, places: Places): MachineBase | undefined {
  const variables = profileVariables(machine);
  const absent = variables.find(({ name }) => !machine.files.profiles.has(name));
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
  return searches[0] && settle(searches[0], machine, places);
}

/** The identity of a profile in the machine's AWS files. */
export function profileBase(name: string, machine: Machine, places: Places): MachineBase | undefined {
  return settle(toolIdentityOf('AWS CLI and boto3', name, machine), machine, places);
}

/** The tools that would use another identity than the base identity on this machine. */
export function rivalWarnings(origin: MachineOrigin, machine: Machine): readonly string[] {
  const rivals = tools.flatMap((tool) => {
    const identity = toolIdentity(tool, machine);
    return identity.kind === 'found' && !isSame(identity.origin, origin)
      ? [`the ${tool} would use ${originText(identity.origin)}`]
      : [];
  });
  return rivals.length === 0
    ? []
    : [
        `The base identity is ${originText(origin)}. On this machine ${rivals.join(', and ')}. Unset the variables of the other identity, or say with credential-source which one is meant.`,
      ];
}

function settle(found: ToolIdentity, machine: Machine, places: Places): MachineBase | undefined {
  const doubts = doubtsAbout(found, machine.files.faults);
  for (const { path, what } of doubts) {
    places(path).report(
      `${what}, so the identity of this machine is not certain`,
      'Fix the file, or say with credential-source where the credentials come from',
    );
  }
  if (found.kind === 'fault') {
    reportFault(found, machine, places);
    return undefined;
  }
  const { origin, provider } = found;
  return doubts.length > 0 ? undefined : { kind: 'default-chain', origin, chaining: providerChaining(provider) };
}

/** Faults of the files matter only if the identity comes from them, or could come from them. */
function doubtsAbout(found: ToolIdentity, faults: readonly FileFault[]): readonly FileFault[] {
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

function isSame(one: MachineOrigin, other: MachineOrigin): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function reportFault(
  { fault, profile }: Extract<ToolIdentity, { readonly kind: 'fault' }>,
  machine: Machine,
  places: Places,
): void {
  if (profile === undefined) {
    const fix = 'Set both variables, or none; credential-source says where else the credentials come from';
    places('credential-source').report(fault, fix);
    return;
  }
  const by = profileVariables(machine).filter(({ name }) => name === profile);
  const files = machine.files.profiles.get(profile)?.files ?? [];
  places([`profile ${profile}`, ...by.map(({ variable }) => variable)].join(', ')).report(
    `${files.join(' and ')}: ${fault}`,
    'Fix the profile, or say with credential-source where the credentials come from',
  );
}
