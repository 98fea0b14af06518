import { isRegionName } from '../iam/partition.js';
import { nearest } from '../input/nearest.js';
import { quote, type Report } from '../input/problem.js';
import { malformedLines, readSections, type Section } from '../shared-config/sections.js';

/** A role-chain file, in the format of the AWS config file. */
export interface RoleChainFile {
  readonly file: string;
  readonly profiles: ReadonlyMap<string, Section>;
}

/** AWS's keys for a role's hop, and the word each stands for. */
export const hopKeys: Readonly<Record<string, string>> = {
  role_arn: 'role-to-assume',
  external_id: 'role-external-id',
  duration_seconds: 'role-duration-seconds',
  role_session_name: 'role-session-name',
  source_identity: 'source-identity',
};

/** AWS's keys for where a profile starts. */
export const sourceKeys = ['source_profile', 'credential_source', 'web_identity_token_file'] as const;

const knownKeys = [...Object.keys(hopKeys), ...sourceKeys, 'region'];

const secretKeys = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'];

const refusedKeys: Readonly<Record<string, string>> = {
  mfa_serial: 'it asks for a code on a terminal, which a job does not have',
  credential_process: 'a repository would decide which program runs with the credentials of the job',
  sso_session: 'single sign-on needs a browser',
  sso_start_url: 'single sign-on needs a browser',
};

/** What a value must look like, beyond what its hop word asks for, because the AWS CLI reads the same file. */
const valueRules: Readonly<Record<string, { readonly fits: (value: string) => boolean; readonly fix: string }>> = {
  role_arn: {
    fits: (value) => value.startsWith('arn:'),
    fix: 'The AWS CLI takes no bare name here: write arn:aws:iam::<account id>:role/<name>',
  },
  duration_seconds: {
    fits: (value) => /^\d+$/.test(value),
    fix: 'Write seconds, as in duration_seconds = 3600: the AWS CLI knows no other unit',
  },
  region: { fits: isRegionName, fix: 'Write a Region like eu-west-1' },
};

/**
 * Reads the profiles of a role-chain file. Keys of any profile are refused here; the rest of a profile is judged by
 * `checkProfile` where a target needs it.
 */
export function readRoleChainFile(file: string, text: string, report: Report): RoleChainFile {
  for (const { line } of malformedLines(text)) {
    report({
      where: `${file}, line ${line}`,
      what: 'the line is no section, key = value or comment',
      fix: 'Mend the line',
    });
  }
  const profiles = new Map<string, Section>();
  for (const section of readSections(text)) {
    const name = section.name.replace(/^profile /, '');
    if (profiles.has(name)) {
      report({
        where: `${file}, line ${section.line}`,
        what: `profile ${quote(name)} stands there twice`,
        fix: 'Keep one of them',
      });
    }
    refuseSecrets(section, file, report);
    profiles.set(name, section);
  }
  return { file, profiles };
}

/** Tells what is wrong with the keys and values of a profile that a target needs. */
export function checkProfile(section: Section, file: string, report: Report): void {
  for (const [key, value] of section.entries) {
    const where = keyPlace(section, key, file);
    const rule = valueRules[key];
    const refusal = refusedKeys[key];
    if (refusal !== undefined) {
      report({
        where,
        what: `${key} does not work here: ${refusal}`,
        fix: 'Take the key out, or use a profile without it',
      });
    } else if (!knownKeys.includes(key) && isNearly(key)) {
      report({
        where,
        what: `${quote(key)} is not a key of AWS's config file`,
        fix: `Did you mean ${nearest(key, knownKeys)}?`,
      });
    } else if (knownKeys.includes(key) && value === '') {
      report({ where, what: 'the value is empty', fix: 'Write a value, or take the key out' });
    } else if (rule?.fits(value) === false) {
      report({ where, what: `${quote(value)} cannot be the ${key} of a profile`, fix: rule.fix });
    }
  }
}

/** Where a key of a profile stands, for messages. */
export function keyPlace(section: Section, key: string, file: string): string {
  return `${file}, line ${section.entryLines.get(key)}, ${key}`;
}

function refuseSecrets(section: Section, file: string, report: Report): void {
  for (const key of secretKeys.filter((name) => section.entries.has(name))) {
    report({
      where: keyPlace(section, key, file),
      what: 'a role-chain file lies in the repository and must not hold keys',
      fix: "Take the key out and revoke it if it was pushed; keep keys in the machine's own AWS files or in secrets",
    });
  }
}

/** Letters in another order, one too many or too few, or other separators: not a key that AWS may know and we do not. */
function isNearly(key: string): boolean {
  const letters = (text: string) => [...text].sort().join('');
  const joined = (text: string) => text.replaceAll(/[_-]/g, '');
  return knownKeys.some(
    (name) =>
      letters(name) === letters(key) ||
      joined(name) === joined(key) ||
      (Math.abs(name.length - key.length) === 1 && isOneLetterOff(name, key)),
  );
}

function isOneLetterOff(left: string, right: string): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return [...long].some((_, index) => long.slice(0, index) + long.slice(index + 1) === short);
}
