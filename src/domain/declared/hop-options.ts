import { parseRole, type RoleArn, type RoleName } from '../iam/arn.js';
import { type DurationRequest, parseDuration } from '../iam/duration.js';
import { parseAccountIds, parseManagedPolicies, parsePolicyText } from '../iam/session-policy.js';
import { parseTagsJson, type Tag } from '../iam/tags.js';
import { nearest } from '../input/nearest.js';
import { type Problem, quote, type Report } from '../input/problem.js';
import { emptyItemFix, parseBoolean, parseList } from '../input/scalar.js';
import { isYamlList, isYamlMap, type YamlValue } from '../input/yaml.js';

/** What somebody declared of a hop, read but not yet weighed against the rest of the chain. */
export interface HopOptions {
  readonly role?: RoleArn | RoleName;
  readonly roleSessionName?: string;
  readonly durationSeconds?: DurationRequest;
  readonly externalId?: string;
  readonly sourceIdentity?: string;
  readonly policy?: string;
  readonly policyArns?: readonly string[];
  readonly tags?: readonly Tag[];
  readonly transitiveTagKeys?: readonly string[];
  readonly skipSessionTagging?: boolean;
  readonly allowedAccountIds?: readonly string[];
}

type Reader = (value: YamlValue, where: string, report: Report) => HopOptions;

const sessionName = { pattern: /^[\w+=,.@-]*$/, minimum: 2, maximum: 64, characters: 'letters, digits and _+=,.@-' };
const externalId = {
  pattern: /^[\w+=,.@:/-]*$/,
  minimum: 2,
  maximum: 1224,
  characters: 'letters, digits and _+=,.@:/-',
};

/** The words of a hop, each with how its value is read; the step's own inputs have the same names. */
const readers: Readonly<Record<string, Reader>> = {
  'role-to-assume': (value, where, report) => given(value, where, report, (text) => readRole(text, where, report)),
  'role-session-name': (value, where, report) =>
    given(value, where, report, (text) => {
      matches(text, where, report, { ...sessionName, noun: 'session name' });
      return { roleSessionName: text };
    }),
  'role-duration-seconds': (value, where, report) =>
    given(value, where, report, (text) => {
      const durationSeconds = parseDuration(text, where);
      return isProblem(durationSeconds) ? reported(durationSeconds, report) : { durationSeconds };
    }),
  'role-external-id': (value, where, report) =>
    given(value, where, report, (text) => {
      matches(text, where, report, { ...externalId, noun: 'external id' });
      return { externalId: text };
    }),
  'source-identity': (value, where, report) =>
    given(value, where, report, (text) => {
      matches(text, where, report, { ...sessionName, noun: 'source identity' });
      return { sourceIdentity: text };
    }),
  'inline-session-policy': (value, where, report) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const policy = parsePolicyText(text, where, report);
    return policy === undefined ? {} : { policy };
  },
  'managed-session-policies': (value, where, report) => ({
    policyArns: parseManagedPolicies(readList(value, where, report), where, report),
  }),
  'custom-tags': (value, where, report) => ({ tags: readTags(value, where, report) }),
  'transitive-tag-keys': (value, where, report) => ({ transitiveTagKeys: readList(value, where, report) }),
  'role-skip-session-tagging': (value, where, report) =>
    given(value, where, report, (text) => {
      const skip = parseBoolean(text, where, report);
      return skip === undefined ? {} : { skipSessionTagging: skip };
    }),
  'allowed-account-ids': (value, where, report) => ({
    allowedAccountIds: parseAccountIds(readList(value, where, report), where, report),
  }),
};

/** What AWS takes as the text of a word: characters, and how many of them. */
export const textRules = {
  'role-session-name': sessionName,
  'role-external-id': externalId,
  'source-identity': sessionName,
} as const;

/** The names of a hop's words. */
export const hopOptionNames = Object.keys(readers);

/** What the AWS config file and other tools call the role, which no likeness of letters leads to. */
const otherNamesOfRole = /^(role|role[-_]?arn|arn)$/i;

/** Reads the words of one hop; unknown words and unreadable values are told as problems. */
export function parseHopOptions(words: Readonly<Record<string, YamlValue>>, where: string, report: Report): HopOptions {
  const read = Object.entries(words).map(([word, value]) => {
    const reader = Object.hasOwn(readers, word) ? readers[word] : undefined;
    if (reader === undefined) {
      const meant = otherNamesOfRole.test(word) ? 'role-to-assume' : nearest(word, hopOptionNames);
      const fix = meant === undefined ? `A hop knows ${hopOptionNames.join(', ')}` : `Did you mean ${meant}?`;
      report({ where, what: `${quote(word)} is not a word of a hop`, fix });
    }
    return reader?.(value, where === '' ? word : `${where}, ${word}`, report) ?? {};
  });
  return Object.assign({}, ...read) as HopOptions;
}

function given(value: YamlValue, where: string, report: Report, read: (text: string) => HopOptions): HopOptions {
  if (typeof value !== 'string') {
    report({
      where,
      what: 'a single value is wanted here, not a list or map',
      fix: 'Write one value behind the colon',
    });
    return {};
  }
  if (value.trim() === '' || isNull(value)) {
    report({ where, what: isNull(value) ? 'the value is null' : 'the value is empty', fix: emptyItemFix });
    return {};
  }
  return read(value);
}

/** What toJSON makes of an unset value; the parser leaves it a string. */
function isNull(text: string): boolean {
  return ['null', 'Null', 'NULL', '~'].includes(text.trim());
}

function readRole(text: string, where: string, report: Report): HopOptions {
  const role = parseRole(text, where);
  return isProblem(role) ? reported(role, report) : { role };
}

function readTags(value: YamlValue, where: string, report: Report): readonly Tag[] {
  if (typeof value === 'string') {
    return parseTagsJson(value, where, report);
  }
  if (!isYamlMap(value)) {
    report({ where, what: 'tags are a map', fix: 'Write them like { Team: platform }' });
    return [];
  }
  return Object.entries(value).flatMap(([key, item]) => {
    if (typeof item === 'string') {
      return [{ key, value: item }];
    }
    report({ where, what: `the value of ${quote(key)} is not a single value`, fix: 'Write one value a key' });
    return [];
  });
}

function readList(value: YamlValue, where: string, report: Report): readonly string[] {
  const items = isYamlList(value) ? value : typeof value === 'string' ? parseList(value, where, report) : [value];
  const texts = items.filter((item) => typeof item === 'string');
  if (texts.length < items.length) {
    report({ where, what: 'an item of the list is itself a list or map', fix: 'Write one value an item' });
  }
  if (texts.some((text) => text.trim() === '') || items.length === 0) {
    report({
      where,
      what: items.length === 0 ? 'the list is empty' : 'an item of the list is empty',
      fix: emptyItemFix,
    });
  }
  return texts;
}

function matches(
  text: string,
  where: string,
  report: Report,
  rule: { pattern: RegExp; minimum: number; maximum: number; characters: string; noun: string },
): void {
  if (!rule.pattern.test(text) || text.length < rule.minimum || text.length > rule.maximum) {
    report({
      where,
      what: `${quote(text)} cannot be a ${rule.noun}`,
      fix: `AWS takes ${rule.minimum} to ${rule.maximum} characters: ${rule.characters}`,
    });
  }
}

function isProblem(value: object | string | number): value is Problem {
  return typeof value === 'object' && 'fix' in value;
}

function reported(problem: Problem, report: Report): HopOptions {
  report(problem);
  return {};
}
