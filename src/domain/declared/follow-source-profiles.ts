import type { BaseIdentity } from '../chain/base-identity.js';
import { maximumHops } from '../chain/chain-length.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import { normalName } from '../shared-config/sections.js';
import { checkProfile, type DeclaredProfile, type RoleChainFile, sourceKeys } from './ini-profiles.js';

/** What the sources of profiles are resolved with: the file, and the identities of the machine and the step. */
export interface ProfileFacts {
  readonly file: string;
  readonly text: string;
  /**
   * Returns the base identity of a profile in the machine's AWS files; false if no profile has this name; undefined,
   * after reporting a problem, if the profile is invalid.
   */
  readonly machineBase: (name: string, place: Place) => BaseIdentity | false | undefined;
  /** Returns the base identity of a `credential_source`; reports a problem and returns undefined if there is none. */
  readonly sourceBase: (source: string, place: Place) => BaseIdentity | undefined;
}

/** `ProfileFacts` with the parsed file. */
export interface ProfileContext extends ProfileFacts {
  readonly profiles: RoleChainFile;
  readonly place: Place;
}

/** The source of a profile: another profile, a base identity (by default the step's), or a problem. */
type ProfileSource =
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'base'; readonly base?: BaseIdentity }
  | { readonly kind: 'problem' };

/** The names of the profiles from the target to the current one, in order. */
type Path = readonly string[];

/** Maximum profiles on the path of one target. A longer path is reported as too long, even if it is a cycle. */
const longestPath = 100;

/**
 * Follows `source_profile` from a target; returns the roles on the way, the first to assume first, and the base
 * identity if it is not that of the step. Reports a problem and returns undefined if the path leads to none.
 */
export function followSourceProfiles(
  target: string,
  facts: ProfileContext,
): { readonly base?: BaseIdentity; readonly roles: readonly DeclaredProfile[] } | undefined {
  const path: string[] = [];
  const roles: DeclaredProfile[] = [];
  for (let name = target; ; ) {
    path.push(name);
    const profile = facts.profiles.get(name);
    const source = sourceOf(profile, path, facts);
    if (profile?.entries.has('role_arn')) {
      roles.push(profile);
    }
    switch (source.kind) {
      case 'problem':
        return undefined;
      case 'base':
        return { ...(source.base && { base: source.base }), roles: roles.reverse() };
      case 'profile':
        name = source.name;
    }
    if (path.length > longestPath) {
      facts.profiles
        .get(target)
        ?.place.report(
          `source_profile passes through more than ${longestPath} profiles: ${pathText(path)}`,
          `A chain has at most ${maximumHops} hops`,
        );
      return undefined;
    }
  }
}

function sourceOf(profile: DeclaredProfile | undefined, path: Path, facts: ProfileContext): ProfileSource {
  if (profile === undefined) {
    return machineProfile(path, facts.place, facts);
  }
  const { place, entries } = profile;
  checkProfile(profile);
  const given = sourceKeys.filter((key) => entries.has(key));
  if (given.length > 1) {
    const what = `${given.join(' and ')} are both given (${pathText(path)})`;
    place.report(what, 'A profile has one source: keep one of them');
    return { kind: 'problem' };
  }
  const hasRole = entries.has('role_arn');
  const source = hasRole || given[0] === 'credential_source' ? given[0] : undefined;
  const value = source === undefined ? '' : (entries.get(source) ?? '');
  switch (source) {
    case 'credential_source': {
      const base = facts.sourceBase(value, place.at(source));
      return base === undefined ? { kind: 'problem' } : { kind: 'base', base };
    }
    case 'web_identity_token_file':
      return { kind: 'base', base: { kind: 'web-identity', tokenFile: value } };
    case 'source_profile':
      return sourceProfile(normalName(value), path, { place: place.at(source), facts });
    case undefined:
      return hasRole ? { kind: 'base' } : machineProfile(path, place, facts);
  }
}

/** Resolves a `source_profile`. A profile may name itself if the machine's AWS files have its keys. */
function sourceProfile(
  name: string,
  path: Path,
  { place, facts }: { place: Place; facts: ProfileContext },
): ProfileSource {
  const isSelf = name === path.at(-1);
  const own = isSelf && path.length === 1 && facts.machineBase(name, place);
  if (own !== false) {
    return own === undefined ? { kind: 'problem' } : { kind: 'base', base: own };
  }
  if (!path.includes(name)) {
    return { kind: 'profile', name };
  }
  place.report(
    `source_profile is circular: ${pathText(path)} → ${name}`,
    isSelf
      ? "A profile may name itself only if it is a target and this machine's AWS files have keys under its name"
      : 'Let one of the profiles start from a base identity',
  );
  return { kind: 'problem' };
}

/** Resolves a profile without a role to one of the machine's AWS files: keys may be there, not in the repository. */
function machineProfile(path: Path, place: Place, { machineBase, file }: ProfileContext): ProfileSource {
  const name = path.at(-1) ?? '';
  const base = machineBase(name, place);
  if (base !== false) {
    return base === undefined ? { kind: 'problem' } : { kind: 'base', base };
  }
  const source = path.at(-2);
  if (source === undefined) {
    place.report(
      `${quote(name)} has no role_arn in ${file}, and this machine's AWS files have no profile of that name`,
      'Give the profile a role_arn, or name another target',
    );
  } else {
    place.report(
      `${quote(name)} is neither a profile with a role in ${file} nor a profile of this machine's AWS files (${pathText(path)})`,
      `Correct the source_profile of ${quote(source)}, or remove it to start from the base identity of the step`,
    );
  }
  return { kind: 'problem' };
}

const mostShown = 12;

function pathText(path: Path): string {
  const shown = path.length > mostShown ? [...path.slice(0, 6), '…', ...path.slice(-5)] : path;
  return shown.join(' → ');
}
