import type { BaseIdentity } from '../chain/base-identity.js';
import { nearest } from '../input/nearest.js';
import { quote, type Report } from '../input/problem.js';
import { normalName, type Section } from '../shared-config/sections.js';
import { type HopOptions, parseHopOptions } from './hop-options.js';
import type { DeclaredHop } from './role-chain.js';
import { maximumHops } from './role-chain.js';
import {
  checkProfile,
  hopKeys,
  keyPlace,
  type RoleChainFile,
  readRoleChainFile,
  sourceKeys,
} from './role-chain-file.js';
import type { DeclaredTarget, ResolveProfile } from './targets.js';

/** What profiles are resolved against. */
export interface ProfileFacts {
  readonly file: string;
  readonly text: string;
  /** Names of the profiles in the machine's own AWS files. */
  readonly machineProfiles: readonly string[];
  /** The base identity of a `credential_source`; tells a problem where there is none. */
  readonly sourceBase: (source: string, where: string) => BaseIdentity | undefined;
}

/**
 * Reads a role-chain file in the format of the AWS config file and gives a resolver of its profiles.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html
 */
export function profileResolver(facts: ProfileFacts, report: Report): ResolveProfile {
  const all = { ...facts, ...readRoleChainFile(facts.file, facts.text, report) };
  return (name) => resolveTarget(normalName(name), all, report);
}

type Facts = ProfileFacts & RoleChainFile;

/** What lies before a profile: another profile, a base identity (the step's own where none is named), or a problem. */
type Origin =
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'base'; readonly base?: BaseIdentity }
  | { readonly kind: 'problem' };

/** The profiles from the target to the one that is looked at, the last, in order. */
type Path = ReadonlySet<string>;

function resolveTarget(name: string, facts: Facts, report: Report): DeclaredTarget | undefined {
  const section = facts.profiles.get(name);
  if (section === undefined) {
    reportUnknown(name, facts, report);
    return undefined;
  }
  const where = placeOf(section, facts);
  if (!section.entries.has('role_arn')) {
    const what = 'a target needs a role, and this profile has no role_arn';
    report({ where, what, fix: 'Add role_arn' });
    return undefined;
  }
  const start = followSources(name, facts, report);
  if (start !== undefined && start.roles.length > maximumHops) {
    report({ where, what: `${start.roles.length} hops`, fix: `A chain has at most ${maximumHops}` });
    return undefined;
  }
  const region = section.entries.get('region');
  return (
    start && {
      name,
      hops: start.roles.map((role) => hopOf(role, facts, report)),
      ...(start.base && { base: start.base }),
      ...(region && { region }),
    }
  );
}

/** Follows source_profile to where the chain begins; undefined, with a problem told, where it begins nowhere. */
function followSources(
  target: string,
  facts: Facts,
  report: Report,
): { readonly base?: BaseIdentity; readonly roles: readonly Section[] } | undefined {
  const path = new Set<string>();
  const roles: Section[] = [];
  for (let name = target; ; ) {
    path.add(name);
    const section = facts.profiles.get(name);
    const origin = originOf(section, path, facts, report);
    if (section?.entries.has('role_arn')) {
      roles.push(section);
    }
    switch (origin.kind) {
      case 'problem':
        return undefined;
      case 'base':
        return { ...(origin.base && { base: origin.base }), roles: roles.reverse() };
      case 'profile':
        name = origin.name;
    }
  }
}

function originOf(section: Section | undefined, path: Path, facts: Facts, report: Report): Origin {
  if (section === undefined) {
    return machineProfile(path, facts.file, facts, report);
  }
  const where = placeOf(section, facts);
  checkProfile(section, facts.file, report);
  const given = sourceKeys.filter((key) => section.entries.has(key));
  if (given.length > 1) {
    const what = `${given.join(' and ')} are both given (${trail(path)})`;
    report({ where, what, fix: 'A profile has one source: keep one of them' });
    return { kind: 'problem' };
  }
  const hasRole = section.entries.has('role_arn');
  const source = hasRole || given[0] === 'credential_source' ? given[0] : undefined;
  const value = source === undefined ? '' : (section.entries.get(source) ?? '');
  switch (source) {
    case 'credential_source': {
      const base = facts.sourceBase(value, keyPlace(section, source, facts.file));
      return base === undefined ? { kind: 'problem' } : { kind: 'base', base };
    }
    case 'web_identity_token_file':
      return { kind: 'base', base: { kind: 'web-identity', tokenFile: value } };
    case 'source_profile':
      return sourceProfile(normalName(value), { path, where }, facts, report);
    case undefined:
      return hasRole ? { kind: 'base' } : machineProfile(path, where, facts, report);
  }
}

function sourceProfile(
  name: string,
  { path, where }: { path: Path; where: string },
  facts: Facts,
  report: Report,
): Origin {
  const isSelf = name === [...path].at(-1);
  if (isSelf && path.size === 1 && facts.machineProfiles.includes(name)) {
    return { kind: 'base', base: { kind: 'default-chain', profile: name } };
  }
  if (!path.has(name)) {
    return { kind: 'profile', name };
  }
  report({
    where,
    what: `source_profile runs in a circle: ${trail(path)} → ${name}`,
    fix: isSelf
      ? "A profile may name itself only where it is a target and this machine's AWS files hold keys under its name"
      : 'Let one of the profiles start from a base identity',
  });
  return { kind: 'problem' };
}

/** A profile with keys: never the repository's, only the machine's own. */
function machineProfile(path: Path, where: string, { machineProfiles, file }: Facts, report: Report): Origin {
  const name = [...path].at(-1) ?? '';
  if (machineProfiles.includes(name)) {
    return { kind: 'base', base: { kind: 'default-chain', profile: name } };
  }
  report({
    where,
    what: `${quote(name)} is neither a profile with a role in ${file} nor a profile of this machine's AWS files (${trail(path)})`,
    fix: 'Correct source_profile; take it out to start from the base identity of the step',
  });
  return { kind: 'problem' };
}

function reportUnknown(name: string, { profiles, file }: Facts, report: Report): void {
  const meant = profiles.size === 0 ? undefined : nearest(name, [...profiles.keys()]);
  const fix = meant === undefined ? `Declare [profile ${name}] there` : `Did you mean ${meant}?`;
  report({ where: 'targets', what: `${quote(name)} is not a profile of ${file}`, fix });
}

/** A hop's words, each problem told under the key that the file has for the word. */
function hopOf(section: Section, facts: Facts, report: Report): DeclaredHop {
  const words = Object.entries(hopKeys).map(([key, word]): HopOptions => {
    const value = section.entries.get(key);
    const where = keyPlace(section, key, facts.file);
    return value ? parseHopOptions({ [word]: value }, where, (problem) => report({ ...problem, where })) : {};
  });
  return { where: placeOf(section, facts), options: Object.assign({}, ...words) as HopOptions };
}

function placeOf(section: Section, { file }: RoleChainFile): string {
  return `${file}, [${section.name}]`;
}

const longestTrail = 12;

function trail(path: Path): string {
  const names = [...path];
  const shown = names.length > longestTrail ? [...names.slice(0, 6), '…', ...names.slice(-5)] : names;
  return shown.join(' → ');
}
