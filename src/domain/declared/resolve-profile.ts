import { reportTooManyHops } from '../chain/chain-length.js';
import type { Place } from '../input/place.js';
import { scalarOf } from '../input/value-node.js';
import { profileNameRefusal } from '../shared-config/profile-name.js';
import { normalName } from '../shared-config/sections.js';
import type { Catalog, DeclaredTarget } from './catalog.js';
import { followSourceProfiles, type ProfileContext, type ProfileFacts } from './follow-source-profiles.js';
import type { DeclaredHop } from './hop-options.js';
import { type HopOptions, parseHopOption } from './hop-options.js';
import {
  type DeclaredProfile,
  fitsFile,
  hopKeys,
  meantKey,
  type RoleChainFile,
  readIniProfiles,
} from './ini-profiles.js';

/**
 * Reads a role-chain file in the format of the AWS config file; each profile with a role is a target.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html
 */
export function profileCatalog(facts: ProfileFacts, place: Place): Catalog | undefined {
  const profiles = readIniProfiles(facts.text, place);
  if (profiles === undefined) {
    return undefined;
  }
  const all = { ...facts, profiles, place };
  return {
    file: facts.file,
    names: [...profiles.keys()],
    selectable: targetNames(profiles),
    resolve: (name) => resolveTarget(name, all),
  };
}

/** The names of the profiles that have a role and are not the source of another profile. */
function targetNames(profiles: RoleChainFile): readonly string[] {
  const sources = [...profiles].flatMap(([name, { entries }]) => {
    const source = normalName(entries.get('source_profile') ?? '');
    return source === name ? [] : [source];
  });
  const names = new Set(sources);
  return [...profiles].flatMap(([name, profile]) => (hasRole(profile) && !names.has(name) ? [name] : []));
}

/** Whether a profile has a role, even under a misspelt key. */
function hasRole({ entries }: DeclaredProfile): boolean {
  return entries.has('role_arn') || [...entries.keys()].some((key) => meantKey(key) === 'role_arn');
}

function resolveTarget(name: string, facts: ProfileContext): DeclaredTarget | undefined {
  const profile = facts.profiles.get(name);
  if (profile === undefined) {
    return undefined;
  }
  const badName = profileNameRefusal(name);
  if (badName !== undefined) {
    profile.place.report(badName.what, badName.fix);
  }
  if (!hasRole(profile)) {
    profile.place.report('a target needs a role, and this profile has no role_arn', 'Add role_arn');
    return undefined;
  }
  const start = followSourceProfiles(name, facts);
  if (start !== undefined && reportTooManyHops(start.roles, profile.place)) {
    return undefined;
  }
  const region = profile.entries.get('region');
  return (
    start && {
      name,
      place: profile.place,
      hops: start.roles.map(hopOf),
      ...(start.base && { base: start.base }),
      ...(region && { region: { name: region, place: profile.place.at('region') } }),
    }
  );
}

/** Reads the hop that a profile declares. Problems name AWS's key, as the file has it. */
function hopOf({ place, entries }: DeclaredProfile): DeclaredHop {
  const options = Object.entries(hopKeys).map(([key, option]): HopOptions => {
    const value = entries.get(key);
    return value && fitsFile(key, value) ? parseHopOption(option, scalarOf(value), place.at(option)) : {};
  });
  return { place, options: Object.assign({}, ...options) as HopOptions };
}
