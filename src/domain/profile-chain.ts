import type { DeclaredHop } from './chain.js';
import { maximumHops } from './chain.js';
import { type HopWords, parseHopWords } from './hop-words.js';
import type { BaseIdentity } from './identity.js';
import { malformedLines, normalName, readSections, type Section } from './ini.js';
import { nearest } from './nearest.js';
import { quote, type Report } from './problem.js';
import type { DeclaredTarget, ResolveProfile } from './targets.js';

/** What profiles are resolved against. */
export interface ProfileFacts {
  readonly file: string;
  readonly text: string;
  /** Names of the profiles in the machine's own AWS files. */
  readonly machineProfiles: readonly string[];
  /** Reads the keys of `credential_source = Environment`; tells a problem where they are not set. */
  readonly sourceBase: (source: string, where: string) => BaseIdentity | undefined;
}

/** AWS's keys for a role's hop, and the word each stands for. */
const hopKeys: Readonly<Record<string, string>> = {
  role_arn: 'role-to-assume',
  external_id: 'role-external-id',
  duration_seconds: 'role-duration-seconds',
  role_session_name: 'role-session-name',
  source_identity: 'source-identity',
};

const sourceKeys = ['source_profile', 'credential_source', 'web_identity_token_file'] as const;
const secretKeys = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'];
const refusedKeys: Readonly<Record<string, string>> = {
  mfa_serial: 'it asks for a code on a terminal, which a job does not have',
  credential_process: 'a repository would decide which program runs with the credentials of the job',
  sso_session: 'single sign-on needs a browser',
  sso_start_url: 'single sign-on needs a browser',
};

/**
 * Reads a role-chain file in the format of the AWS config file and gives a resolver of its profiles.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
 */
export function profileResolver(facts: ProfileFacts, report: Report): ResolveProfile {
  const sections = readSections(facts.text);
  for (const { line } of malformedLines(facts.text)) {
    report({
      where: `${facts.file}, line ${line}`,
      what: 'the line is no section, key = value or comment',
      fix: 'Mend the line',
    });
  }
  const profiles = new Map<string, Section>();
  for (const section of sections) {
    const name = section.name.replace(/^profile /, '');
    if (profiles.has(name)) {
      report({
        where: `${facts.file}, line ${section.line}`,
        what: `profile ${quote(name)} stands there twice`,
        fix: 'Keep one of them',
      });
    }
    profiles.set(name, section);
  }
  for (const section of profiles.values()) {
    checkKeys(section, facts.file, report);
  }
  return (name) => resolveTarget(normalName(name), { ...facts, profiles }, report);
}

type Facts = ProfileFacts & { readonly profiles: ReadonlyMap<string, Section> };

interface Start {
  readonly base?: BaseIdentity;
  readonly hops: readonly DeclaredHop[];
}

function resolveTarget(name: string, facts: Facts, report: Report): DeclaredTarget | undefined {
  const section = facts.profiles.get(name);
  if (section === undefined) {
    const meant = facts.profiles.size === 0 ? undefined : nearest(name, [...facts.profiles.keys()]);
    const fix = meant === undefined ? `Declare [profile ${name}] there` : `Did you mean ${meant}?`;
    report({ where: 'targets', what: `${quote(name)} is not a profile of ${facts.file}`, fix });
    return undefined;
  }
  if (!section.entries.has('role_arn')) {
    report({
      where: placeOf(section, facts),
      what: 'a target needs a role, and this profile has no role_arn',
      fix: 'Add role_arn',
    });
    return undefined;
  }
  const start = resolveProfile([name], facts, report);
  const region = section.entries.get('region');
  if (start !== undefined && start.hops.length > maximumHops) {
    report({
      where: placeOf(section, facts),
      what: `${start.hops.length} hops`,
      fix: `A chain has at most ${maximumHops}`,
    });
  }
  return start && { name, hops: start.hops, ...(start.base && { base: start.base }), ...(region && { region }) };
}

function resolveProfile(path: readonly string[], facts: Facts, report: Report): Start | undefined {
  const name = path.at(-1) ?? '';
  const section = facts.profiles.get(name);
  const where = section === undefined ? facts.file : placeOf(section, facts);
  const trail = path.join(' → ');
  const role = section?.entries.get('role_arn');
  const source = section === undefined ? undefined : oneSource(section, { where, trail, role }, report);
  if (section === undefined || (role === undefined && source === undefined)) {
    return machineProfile(name, { where, trail }, facts, report);
  }
  if (source === 'conflict') {
    return undefined;
  }
  const start = startOf(section, source, { path, where, trail }, facts, report);
  return start && (role === undefined ? start : { ...start, hops: [...start.hops, hopOf(section, where, report)] });
}

function startOf(
  section: Section,
  source: SourceKey | undefined,
  { path, where, trail }: { path: readonly string[]; where: string; trail: string },
  facts: Facts,
  report: Report,
): Start | undefined {
  const value = source === undefined ? '' : (section.entries.get(source) ?? '');
  switch (source) {
    case undefined:
      return { hops: [] };
    case 'credential_source': {
      const base = facts.sourceBase(value, where);
      return base && { base, hops: [] };
    }
    case 'web_identity_token_file':
      return { base: { kind: 'web-identity', tokenFile: value }, hops: [] };
    case 'source_profile': {
      if (value === path.at(-1)) {
        return machineProfile(value, { where, trail }, facts, report);
      }
      if (path.includes(value)) {
        report({
          where,
          what: `source_profile runs in a circle: ${trail} → ${value}`,
          fix: 'Let one of the profiles start from a base identity',
        });
        return undefined;
      }
      return resolveProfile([...path, value], facts, report);
    }
  }
}

type SourceKey = (typeof sourceKeys)[number];

function oneSource(
  section: Section,
  { where, trail, role }: { where: string; trail: string; role: string | undefined },
  report: Report,
): SourceKey | 'conflict' | undefined {
  const given = sourceKeys.filter((key) => section.entries.has(key));
  if (given.length > 1) {
    report({
      where,
      what: `${given.join(' and ')} are both given (${trail})`,
      fix: 'A profile has one source: keep one of them',
    });
    return 'conflict';
  }
  return role === undefined && given[0] !== 'credential_source' ? undefined : given[0];
}

/** A profile with keys: never the repository's, only the machine's own. */
function machineProfile(
  name: string,
  { where, trail }: { where: string; trail: string },
  { machineProfiles, file }: Facts,
  report: Report,
): Start | undefined {
  if (machineProfiles.includes(name)) {
    return { base: { kind: 'default-chain', profile: name }, hops: [] };
  }
  report({
    where,
    what: `${quote(name)} is neither a profile with a role in ${file} nor a profile of this machine's AWS files (${trail})`,
    fix: 'Correct source_profile; take it out to start from the base identity of the step',
  });
  return undefined;
}

function hopOf(section: Section, where: string, report: Report): DeclaredHop {
  const words = Object.entries(hopKeys).flatMap(([key, word]) => {
    const value = section.entries.get(key);
    return value === undefined ? [] : [[word, value] as const];
  });
  const read: HopWords = parseHopWords(Object.fromEntries(words), where, report);
  return { where, words: read };
}

function checkKeys(section: Section, file: string, report: Report): void {
  const known = [...Object.keys(hopKeys), ...sourceKeys];
  for (const [key, line] of section.entryLines) {
    const where = `${file}, line ${line}, ${key}`;
    const refusal = refusedKeys[key];
    if (secretKeys.includes(key)) {
      report({
        where,
        what: 'a role-chain file lies in the repository and must not hold keys',
        fix: "Take the key out and revoke it if it was pushed; keep keys in the machine's own AWS files or in secrets",
      });
    } else if (refusal !== undefined) {
      report({
        where,
        what: `${key} does not work here: ${refusal}`,
        fix: 'Take the key out, or use a profile without it',
      });
    } else if (!known.includes(key) && isNearly(key, known)) {
      report({
        where,
        what: `${quote(key)} is not a key of AWS's config file`,
        fix: `Did you mean ${nearest(key, known)}?`,
      });
    }
  }
}

function isNearly(key: string, known: readonly string[]): boolean {
  const letters = (text: string) => [...text].sort().join('');
  return known.some(
    (name) =>
      letters(name) === letters(key) ||
      name.replaceAll('_', '') === key.replaceAll(/[_-]/g, '') ||
      (Math.abs(name.length - key.length) === 1 && (name.includes(key) || key.includes(name))),
  );
}

function placeOf(section: Section, { file }: ProfileFacts): string {
  return `${file}, [${section.name}]`;
}
