import type { RoleArn, RoleName } from '../iam/arn.js';
import type { DurationRequest } from '../iam/duration.js';
import { parseDuration } from '../iam/parse-duration.js';
import { parseRole, type WrittenRole } from '../iam/parse-role.js';
import { parseTags } from '../iam/parse-tags.js';
import {
  emptyPolicy,
  parseAccountIds,
  parseManagedPolicies,
  policyMistake,
  policyText,
} from '../iam/session-policy.js';
import type { Tag } from '../iam/tags.js';
import { parseDocument } from '../input/json.js';
import { type ListItem, parseList } from '../input/list.js';
import type { Place } from '../input/place.js';
import { emptyItemFix } from '../input/problem.js';
import { quote } from '../input/quote.js';
import { parseBoolean } from '../input/scalar.js';
import { isNull, type MapNode, type ValueNode } from '../input/value-node.js';
import { reportUnknownWords } from './unknown-words.js';

/** The declared options of a hop, parsed but not yet validated within the chain. */
export interface HopOptions {
  readonly role?: RoleArn | RoleName;
  readonly awsRefusal?: WrittenRole['awsRefusal'];
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

/** A declared hop and its place. */
export interface DeclaredHop {
  readonly place: Place;
  readonly options: HopOptions;
}

type Reader = (value: ValueNode, place: Place) => HopOptions;

/** The characters and lengths that AWS accepts for an option. */
interface TextRule {
  readonly noun: string;
  readonly pattern: RegExp;
  readonly minimum: number;
  readonly maximum: number;
  readonly characters: string;
}

const name = { pattern: /^[\w+=,.@-]*$/, minimum: 2, maximum: 64, characters: 'letters, digits and _+=,.@-' };

/** The options whose text AWS restricts. */
export const textRules = {
  'role-session-name': { ...name, noun: 'session name' },
  'role-external-id': {
    noun: 'external ID',
    pattern: /^[\w+=,.@:/-]*$/,
    minimum: 2,
    maximum: 1224,
    characters: 'letters, digits and _+=,.@:/-',
  },
  // Since November 2026, STS accepts longer ones than session names.
  'source-identity': { ...name, noun: 'source identity', maximum: 256 },
} as const satisfies Readonly<Record<string, TextRule>>;

/** The options of a hop with their parsers; the step's inputs have the same names. */
const readers: Readonly<Record<string, Reader>> = {
  'role-to-assume': single((text, place) => parseRole(text, place) ?? {}),
  'role-session-name': single((text, place) => ({
    roleSessionName: checked(text, textRules['role-session-name'], place),
  })),
  'role-duration-seconds': single((text, place) =>
    withValue(parseDuration(text, place), (durationSeconds) => ({ durationSeconds })),
  ),
  'role-external-id': single((text, place) => ({ externalId: checked(text, textRules['role-external-id'], place) })),
  'source-identity': single((text, place) => ({ sourceIdentity: checked(text, textRules['source-identity'], place) })),
  'inline-session-policy': (value, place) => withValue(readPolicy(value, place), (policy) => ({ policy })),
  'managed-session-policies': (value, place) => ({ policyArns: parseManagedPolicies(readList(value, place), place) }),
  'custom-tags': (value, place) => ({ tags: readTags(value, place) }),
  'transitive-tag-keys': (value, place) => ({ transitiveTagKeys: readList(value, place).map(({ text }) => text) }),
  'role-skip-session-tagging': single((text, place) =>
    withValue(parseBoolean(text, place), (skipSessionTagging) => ({ skipSessionTagging })),
  ),
  'allowed-account-ids': (value, place) => {
    const ids = parseAccountIds(readList(value, place));
    return ids.length === 0 ? {} : { allowedAccountIds: ids };
  },
};

/** The names of a hop's options. */
export const hopOptionNames = Object.keys(readers);

/** Reads the options of one hop; reports unknown options and invalid values. */
export function parseHopOptions(map: MapNode, place: Place): HopOptions {
  reportUnknownWords(map, { words: hopOptionNames, noun: 'a hop' }, place);
  return parseKnownOptions(map, place);
}

/** Reads the options of a hop from a map that also has other keys. */
export function parseKnownOptions({ entries }: MapNode, place: Place): HopOptions {
  const known = [...entries].filter(([option]) => hopOptionNames.includes(option));
  const read = known.map(([option, value]) => parseHopOption(option, value, place.at(option, value)));
  return Object.assign({}, ...read) as HopOptions;
}

/** Reads the value of one option. */
export function parseHopOption(option: string, value: ValueNode, place: Place): HopOptions {
  return readers[option]?.(value, place) ?? {};
}

function single(read: (text: string, place: Place) => HopOptions): Reader {
  return (value, place) => {
    const text = singleText(value, place);
    return text === undefined ? {} : read(text, place);
  };
}

/** The text of a non-empty scalar; reports a problem and returns undefined otherwise. */
export function singleText(value: ValueNode, place: Place): string | undefined {
  if (value.kind !== 'scalar') {
    place.report('a single value is expected here, not a list or map', 'Write one value after the colon');
    return undefined;
  }
  if (value.text.trim() === '' || isNull(value)) {
    place.report(isNull(value) ? 'the value is null' : 'the value is empty', emptyItemFix);
    return undefined;
  }
  return value.text;
}

function readList(value: ValueNode, place: Place): readonly ListItem[] {
  const isEmpty =
    value.kind === 'scalar' ? value.text.trim() === '' : value.kind === 'list' && value.items.length === 0;
  if (isEmpty) {
    place.report('the list is empty', `Fill it in, or remove it if you do not need it. ${emptyItemFix}`);
    return [];
  }
  if (value.kind === 'scalar') {
    return parseList(value.text, place);
  }
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item, index) => {
    const here = place.at(`item ${index + 1}`, item);
    if (item.kind !== 'scalar') {
      here.report('the item is itself a list or map', 'Write one value per item');
      return [];
    }
    if (item.text.trim() === '' || isNull(item)) {
      here.report('the item is empty', emptyItemFix);
      return [];
    }
    return [{ text: item.text, place: here, followsComma: false }];
  });
}

function checked(text: string, { noun, pattern, minimum, maximum, characters }: TextRule, place: Place): string {
  const character = [...text].find((each) => !pattern.test(each));
  const fits = text.length >= minimum && text.length <= maximum;
  if (character !== undefined || !fits) {
    const fault = fits
      ? `holds ${quote(character ?? '')}`
      : `has ${text.length} ${text.length === 1 ? 'character' : 'characters'}`;
    const legal = [...text].map((each) => (pattern.test(each) ? each : '-')).join('');
    const example = fits ? `, for example ${legal}` : '';
    const article = /^e/.test(noun) ? 'An' : 'A';
    place.report(
      `the ${noun} ${quote(text)} ${fault}`,
      `${article} ${noun} has ${minimum} to ${maximum} characters: ${characters}${example}`,
    );
  }
  return text;
}

function readPolicy(value: ValueNode, place: Place): string | undefined {
  if (value.kind === 'scalar' && value.text.trim() === '') {
    place.report(emptyPolicy.what, emptyPolicy.fix);
    return undefined;
  }
  const [what, fix] = (value.kind === 'scalar' && policyMistake(value.text.trim())) || [];
  if (what !== undefined && fix !== undefined) {
    place.report(what, fix);
    return undefined;
  }
  const policy = parseDocument(value, place);
  return policy && policyText(value, policy, place);
}

function readTags(value: ValueNode, place: Place): readonly Tag[] {
  const tags = parseDocument(value, place);
  return tags === undefined ? [] : parseTags(tags, place);
}

/** The option of a value; none if the value was reported. */
function withValue<T>(value: T | undefined, option: (value: T) => HopOptions): HopOptions {
  return value === undefined ? {} : option(value);
}
