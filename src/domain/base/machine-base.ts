import { type BaseIdentity, type MachineOrigin, originText } from '../chain/base-identity.js';
import type { Report } from '../input/problem.js';
import type { FileFault } from '../shared-config/profiles.js';
import { cliSearch } from './cli-identity.js';
import { profileVariables, reportAbsent, reportDifferent } from './profile-variables.js';
import type { Machine } from './profile-ways.js';
import { providerChaining } from './provider.js';
import { toolIdentity, toolIdentityOf } from './tool-identity.js';
import { type ToolIdentity, tools } from './tool-profile.js';

/** A base identity that the machine itself has. */
export type MachineBase = Extract<BaseIdentity, { readonly kind: 'default-chain' }>;

/**
 * The identity of the machine: what the AWS CLI and boto3 would be there. A profile that somebody named stands for itself:
 * where it is missing or broken, or two variables name different ones, that is a problem, and never the machine's role.
 */
export function machineBase(machine: Machine, report: Report): MachineBase | undefined {
  const variables = profileVariables(machine);
  const absent = variables.find(({ name }) => !machine.files.profiles.has(name));
  if (absent !== undefined) {
    reportAbsent(absent, machine, report);
    return undefined;
  }
  const names = variables.length === 0 ? ['default'] : [...new Set(variables.map(({ name }) => name))];
  const searches = names.map((name) => cliSearch(machine, name));
  if (names.length > 1 && searches.some(comesFromProfile)) {
    reportDifferent(variables, report);
    return undefined;
  }
  return searches[0] && settle(searches[0], machine, report);
}

/** The identity of one profile of the machine's AWS files. */
export function profileBase(name: string, machine: Machine, report: Report): MachineBase | undefined {
  return settle(toolIdentityOf('AWS CLI and boto3', name, machine), machine, report);
}

/** Which tools would be somebody else than the base identity on this machine. */
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

function settle(found: ToolIdentity, machine: Machine, report: Report): MachineBase | undefined {
  const doubts = doubtsAbout(found, machine.files.faults);
  for (const { path, what } of doubts) {
    report({
      where: path,
      what: `${what}, so the identity of this machine is not certain`,
      fix: 'Fix the file, or say with credential-source where the credentials come from',
    });
  }
  if (found.kind === 'fault') {
    reportFault(found, machine, report);
    return undefined;
  }
  const { origin, provider } = found;
  return doubts.length > 0 ? undefined : { kind: 'default-chain', origin, chaining: providerChaining(provider) };
}

/** What is wrong with the files matters where the identity comes from them, and where it would be another with them. */
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
  report: Report,
): void {
  if (profile === undefined) {
    const fix = 'Set both variables, or none; credential-source says where else the credentials come from';
    report({ where: 'credential-source', what: fault, fix });
    return;
  }
  const by = profileVariables(machine).filter(({ name }) => name === profile);
  const files = machine.files.profiles.get(profile)?.files ?? [];
  report({
    where: [`profile ${profile}`, ...by.map(({ variable }) => variable)].join(', '),
    what: `${files.join(' and ')}: ${fault}`,
    fix: 'Fix the profile, or say with credential-source where the credentials come from',
  });
}
