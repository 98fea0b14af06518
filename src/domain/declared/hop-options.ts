import type { RoleArn, RoleName } from '../identifiers/arn.js';
import { parseAccountIds } from '../identifiers/parse-account-ids.js';
import { parseRole, type WrittenRole } from '../identifiers/parse-role.js';
import { parseJsonOrYaml } from '../input/json-or-yaml.js';
import type { Place } from '../input/place.js';
import { parseBoolean } from '../input/scalar.js';
import type { MapNode, ValueNode } from '../input/value-node.js';
import type { DurationRequest } from '../session-limits/duration-limits.js';
import { parseDuration } from '../session-limits/parse-duration.js';
import { parseTags } from '../session-limits/parse-tags.js';
import { emptyPolicy, parseManagedPolicies, policyMistake, policyText } from '../session-limits/session-policy.js';
import type { Tag } from '../session-limits/tags.js';
import { checkedText, readList, singleText, textRules } from './option-values.js';
import { reportUnknownKeys } from './unknown-keys.js';

/** The declared options of a hop, each parsed by itself; `request` validates them within the chain. */
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

/** The parser of each option of a hop. The options have the names of the step's inputs. */
const readers: Readonly<Record<string, Reader>> = {
  'role-to-assume': single((text, place) => parseRole(text, place) ?? {}),
  'role-session-name': single((text, place) => ({
    roleSessionName: checkedText(text, textRules['role-session-name'], place),
  })),
  'role-duration-seconds': single((text, place) =>
    withValue(parseDuration(text, place), (durationSeconds) => ({ durationSeconds })),
  ),
  'role-external-id': single((text, place) => ({
    externalId: checkedText(text, textRules['role-external-id'], place),
  })),
  'source-identity': single((text, place) => ({
    sourceIdentity: checkedText(text, textRules['source-identity'], place),
  })),
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
  reportUnknownKeys(map, { words: hopOptionNames, noun: 'a hop' }, place);
  return parseKnownOptions(map, place);
}

/** Reads the options of a hop from a map that also has other keys. */
export function parseKnownOptions({ entries }: MapNode, place: Place): HopOptions {
  const known = [...entries].filter(([option]) => hopOptionNames.includes(option));
  const read = known.map(([option, value]) => parseHopOption(option, value, place.at(option, value)));
  return Object.assign({}, ...read) as HopOptions;
}

/** Reads the value of one option; empty if the value is invalid, which is reported. */
export function parseHopOption(option: string, value: ValueNode, place: Place): HopOptions {
  return readers[option]?.(value, place) ?? {};
}

function single(read: (text: string, place: Place) => HopOptions): Reader {
  return (value, place) => {
    const text = singleText(value, place);
    return text === undefined ? {} : read(text, place);
  };
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
  const policy = parseJsonOrYaml(value, place);
  return policy && policyText(value, policy, place);
}

function readTags(value: ValueNode, place: Place): readonly Tag[] {
  const tags = parseJsonOrYaml(value, place);
  return tags === undefined ? [] : parseTags(tags, place);
}

/** Makes the options of a parsed value; none if it is undefined, because its problem was reported. */
function withValue<T>(value: T | undefined, option: (value: T) => HopOptions): HopOptions {
  return value === undefined ? {} : option(value);
}
