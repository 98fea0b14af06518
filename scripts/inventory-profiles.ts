import type { Catalog, DeclaredTarget } from '../src/domain/declared/catalog.js';
import type { HopOptions } from '../src/domain/declared/hop-options.js';
import { isRoleArn, type RoleArn, roleArn } from '../src/domain/identifiers/arn.js';

/** The settings of a profile. */
type Profile = Readonly<Record<string, string>>;

/** Profiles in the format of the AWS config file, and notes on what that format cannot express. */
interface InventoryProfiles {
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly notes: readonly string[];
}

interface ResolvedHop {
  readonly role: RoleArn;
  readonly options: HopOptions;
}

/** Seconds: `max` of a chained hop. */
const longestChained = 3600;

/**
 * Options without a key in that format. Without a restriction the session could do more, so the target is left out; the
 * others only produce a note.
 */
const restrictions = { policy: 'inline-session-policy', policyArns: 'managed-session-policies' } as const;
const unsupported = {
  tags: 'custom-tags',
  transitiveTagKeys: 'transitive-tag-keys',
  skipSessionTagging: 'role-skip-session-tagging',
} as const;

/**
 * Turns the targets of an inventory into profiles. Each earlier hop becomes a profile, named after its role, that later
 * ones use as `source_profile`. `source` is where every chain begins. Leaves out targets whose restrictions the format
 * cannot express.
 */
export function profilesOf(catalog: Catalog, source: Profile): InventoryProfiles {
  const sources = new Map<string, readonly [name: string, profile: Profile]>();
  const targets = new Map<string, Profile>();
  const notes: string[] = [];
  const taken = new Set(catalog.names);
  for (const target of catalog.names.flatMap((name) => catalog.resolve(name) ?? [])) {
    const hops = resolvedHops(target);
    const obstacle = obstacleOf(hops);
    if (obstacle !== undefined) {
      notes.push(`${target.name} is left out: ${obstacle}.`);
      continue;
    }
    notes.push(...hops.flatMap(({ options }) => unsupportedNotes(target.name, options)));
    let before = source;
    for (const [index, hop] of hops.slice(0, -1).entries()) {
      const profile = { ...before, ...entriesOf(hop) };
      const key = JSON.stringify(hops.slice(0, index + 1));
      const [name] = sources.get(key) ?? [freeName(hop.role.name, taken)];
      sources.set(key, [name, profile]);
      before = { source_profile: name };
    }
    const region = (target.region ?? target.defaults?.region)?.name;
    const last = hops.at(-1) as ResolvedHop;
    targets.set(target.name, { ...before, ...entriesOf(last), ...(region !== undefined && { region }) });
  }
  return { profiles: new Map([...sources.values(), ...targets]), notes: [...new Set(notes)] };
}

/** The hops with full role ARNs, the last one with the file's defaults; empty when an account is unknown. */
function resolvedHops({ hops, defaults }: DeclaredTarget): readonly ResolvedHop[] {
  const resolved: ResolvedHop[] = [];
  for (const [index, { options }] of hops.entries()) {
    const before = resolved.at(-1)?.role;
    const { role } = options;
    const full =
      role === undefined || isRoleArn(role) ? role : before && roleArn(before.partition, before.accountId, role);
    if (full === undefined) {
      return [];
    }
    resolved.push({ role: full, options: index === hops.length - 1 ? { ...defaults?.options, ...options } : options });
  }
  return resolved;
}

function obstacleOf(hops: readonly ResolvedHop[]): string | undefined {
  if (hops.length === 0) {
    return 'the first role has only a name and needs an ARN';
  }
  for (const { role, options } of hops) {
    const lost = Object.entries(restrictions).find(([option]) => Object.hasOwn(options, option));
    if (lost !== undefined) {
      return `the AWS config file has no key for ${lost[1]}, and the session could do more without it`;
    }
    if (options.allowedAccountIds !== undefined && !options.allowedAccountIds.includes(role.accountId)) {
      return `${role.arn} is in none of its allowed-account-ids`;
    }
  }
  return undefined;
}

function unsupportedNotes(name: string, options: HopOptions): readonly string[] {
  const words = Object.entries(unsupported).flatMap(([option, word]) => (Object.hasOwn(options, option) ? [word] : []));
  return words.map((word) => `${name}: the AWS config file has no key for ${word}; its profile omits it.`);
}

function entriesOf({ role, options }: ResolvedHop): Profile {
  const { externalId, roleSessionName, durationSeconds, sourceIdentity } = options;
  const seconds = durationSeconds === 'max' ? longestChained : durationSeconds;
  return {
    role_arn: role.arn,
    ...(externalId !== undefined && { external_id: externalId }),
    ...(roleSessionName !== undefined && { role_session_name: roleSessionName }),
    ...(seconds !== undefined && { duration_seconds: String(seconds) }),
    ...(sourceIdentity !== undefined && { source_identity: sourceIdentity }),
  };
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) {
    name = `${wanted}-${count}`;
  }
  taken.add(name);
  return name;
}
