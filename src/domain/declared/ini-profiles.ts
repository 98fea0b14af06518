import { parseRegion } from '../identifiers/parse-region.js';
import { misspelt } from '../input/nearest.js';
import type { Place, Written } from '../input/place.js';
import { quote } from '../input/quote.js';
import { isYaml } from '../input/yaml.js';
import { credentialKeys } from '../shared-config/secrets-in-files.js';
import { parseSections, type Section } from '../shared-config/sections.js';

/** A profile of the role-chain file and its place. */
export interface DeclaredProfile {
  readonly place: Place;
  readonly entries: ReadonlyMap<string, string>;
}

/** The profiles by name of a role-chain file in the format of the AWS config file. */
export type RoleChainFile = ReadonlyMap<string, DeclaredProfile>;

/** AWS's keys for a role, with the names of the matching hop options. */
export const hopKeys: Readonly<Record<string, string>> = {
  role_arn: 'role-to-assume',
  external_id: 'role-external-id',
  duration_seconds: 'role-duration-seconds',
  role_session_name: 'role-session-name',
  source_identity: 'source-identity',
};

/** AWS's keys for the source of a profile. */
export const sourceKeys = ['source_profile', 'credential_source', 'web_identity_token_file'] as const;

const knownKeys = [...Object.keys(hopKeys), ...sourceKeys, 'region'];

/** AWS's keys by the names that inputs and YAML files use for the same thing. */
const keysByOtherName: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(hopKeys).map(([key, option]) => [option, key])),
  'aws-region': 'region',
  via: 'source_profile',
};

/** Returns the key of AWS that a key is or most likely means; undefined if none is close. */
export function meantKey(key: string): string | undefined {
  return knownKeys.includes(key) ? key : (keysByOtherName[key.replaceAll('_', '-')] ?? misspelt(key, knownKeys));
}

/** Keys of AWS's files that cannot work in a role-chain file, with the reason. */
const refusedKeys: Readonly<Record<string, string>> = {
  mfa_serial: 'it asks for a code on a terminal, which a job does not have',
  credential_process: 'a repository would decide which program runs with the credentials of the job',
  sso_session: 'single sign-on needs a browser',
  sso_start_url: 'single sign-on needs a browser',
};

/** Rules of the AWS CLI for values, which are stricter than those of the matching hop options. */
const valueRules: Readonly<Record<string, { readonly fits: (value: string) => boolean; readonly fix: string }>> = {
  role_arn: {
    fits: (value) => !/^[\w+=,.@/-]+$/.test(value),
    fix: 'The AWS CLI accepts no role name here: write arn:aws:iam::<account ID>:role/<name>',
  },
  duration_seconds: {
    fits: (value) => /^\d+$/.test(value),
    fix: 'Write seconds, as in duration_seconds = 3600: the AWS CLI accepts no other unit',
  },
};

/**
 * Reads the profiles of a role-chain file. Reports access keys in every profile; the other entries are validated by
 * `checkProfile`, and only in profiles that a chosen target needs.
 */
export function readIniProfiles(text: string, file: Place): RoleChainFile | undefined {
  const { sections, malformed } = parseSections(text);
  if (sections.length === 0 && isYaml(text) && !/^\s*\[/.test(text)) {
    file.report(
      'the file is YAML, and its name says that it is in the format of the AWS config file',
      'Give it a name that ends in .yml or .yaml',
    );
    return undefined;
  }
  for (const { line, text: written } of malformed) {
    const [what, fix] = lineMistake(written);
    file.on({ line }).report(what, fix);
  }
  const profiles = new Map<string, DeclaredProfile>();
  for (const section of sections) {
    const name = section.name.replace(/^profile /, '');
    const place = file.at(`[${section.name}]`, writtenOf(section));
    if (profiles.has(name)) {
      place.report(`profile ${quote(name)} is defined twice`, 'Keep one of them');
    }
    for (const line of section.repeatedLines) {
      place.on({ line }).report('the line repeats a key of the section', 'Keep one of the two lines');
    }
    const [, word, rest = ''] = /^(\S+) (.+)$/.exec(name) ?? [];
    if (word !== undefined && misspelt(word, ['profile']) !== undefined) {
      place.report(`the word before the name is ${quote(word)}, not profile`, `Write [profile ${rest}]`);
    }
    const profile = { place, entries: section.entries };
    refuseSecrets(profile);
    profiles.set(name, profile);
  }
  return profiles;
}

/** Explains a line that no tool can parse. It may hold a secret, so it is not quoted. */
function lineMistake(text: string): readonly [what: string, fix: string] {
  if (/^\s*\[/.test(text)) {
    return ['the section has no closing bracket', 'Write [profile NAME]'];
  }
  return /^[^=:]+[=:]/.test(text)
    ? ['the line is before the first section', 'Write [profile NAME] on a line above it']
    : ['the line is not a section, key = value or comment', 'Write it as key = value, or put # in front of it'];
}

/** Whether the AWS CLI accepts the value of a key; true if there is no rule for the key. */
export function fitsFile(key: string, value: string): boolean {
  return valueRules[key]?.fits(value) !== false;
}

/** Reports invalid keys and values of a profile that a target needs. */
export function checkProfile({ place, entries }: DeclaredProfile): void {
  for (const [key, value] of entries) {
    const here = place.at(key);
    const rule = valueRules[key];
    const refusal = refusedKeys[key];
    const meant = meantKey(key);
    if (refusal !== undefined) {
      here.report(`${key} does not work here: ${refusal}`, 'Remove the key, or use a profile without it');
    } else if (!knownKeys.includes(key) && meant !== undefined) {
      here.report(`${quote(key)} is not a key of AWS's config file`, `Did you mean ${meant}?`);
    } else if (knownKeys.includes(key) && value === '') {
      here.report('the value is empty', 'Write a value, or remove the key');
    } else if (key === 'region') {
      parseRegion(value, here);
    } else if (rule?.fits(value) === false) {
      here.report(`${quote(value)} cannot be the ${key} of a profile`, rule.fix);
    }
  }
}

/** Where a section and its keys are written; hop options are at the line of the matching key, and named after it. */
function writtenOf({ line, entryLines }: Section): Written {
  const keys = [...entryLines].map(([key, at]): [string, Written] => [key, { position: { line: at } }]);
  const options = Object.entries(hopKeys).map(([key, option]): [string, Written] => [
    option,
    { name: key, position: { line: entryLines.get(key) ?? line } },
  ]);
  return { position: { line }, entries: new Map([...options, ...keys]) };
}

function refuseSecrets({ place, entries }: DeclaredProfile): void {
  for (const key of credentialKeys.filter((name) => entries.has(name))) {
    place
      .at(key)
      .report(
        'a role-chain file is in the repository and must not contain keys',
        "Remove the key and revoke it if it was pushed; keep keys in the machine's own AWS files or in secrets",
      );
  }
}
