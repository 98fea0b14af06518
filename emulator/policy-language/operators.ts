import { BlockList, isIP, isIPv6 } from 'node:net';
import { lowerCased, matches, type Pattern, plainText, splitPattern } from './pattern.js';

/** Compares one value of the request with one value of the policy. */
type Comparison = (actual: string, wanted: Pattern) => boolean;

/** A condition operator. A negated one matches if no wanted value matches. */
export interface Operator {
  readonly compare: Comparison;
  readonly negated: boolean;
  /** Whether the operator can parse a policy's value; if not, the statement denies. Absent: it accepts any text. */
  readonly accepts?: (value: string) => boolean;
}

function numbers(test: (actual: number, wanted: number) => boolean, read: (text: string) => number): Comparison {
  return (actual, wanted) => {
    const [left, right] = [read(actual), read(plainText(wanted))];
    return !Number.isNaN(left) && !Number.isNaN(right) && test(left, right);
  };
}

function readNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

// Date.parse accepts almost any text; AWS accepts ISO 8601 and epoch seconds.
function readDate(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text) * 1000;
  }
  return /^\d{4}-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?)?$/.test(text) ? Date.parse(text) : Number.NaN;
}

const exactly: Comparison = (actual, wanted) => actual === plainText(wanted);
const ignoringCase: Comparison = (actual, wanted) => actual.toLowerCase() === plainText(wanted).toLowerCase();
const like: Comparison = (actual, wanted) => matches(wanted, actual);
const bool: Comparison = (actual, wanted) => matches(lowerCased(wanted), actual.toLowerCase());

// AWS matches each of an ARN's six parts separately, so a wildcard does not match across the first five colons.
const arnLike: Comparison = (actual, wanted) => {
  const patterns = splitPattern(wanted, ':', 6);
  const [head, ...rest] = [actual.split(':').slice(0, 5), actual.split(':').slice(5).join(':')].flat();
  const parts = [head ?? '', ...rest];
  return patterns.length === 6 && parts.length === 6 && patterns.every((part, at) => matches(part, parts[at] ?? ''));
};

const inRange: Comparison = (actual, wanted) => {
  const range = readRange(plainText(wanted));
  return range !== undefined && isIP(actual) !== 0 && range.check(actual, familyOf(actual));
};

/** Parses an IP address or a CIDR range; `undefined` when it is neither. */
function readRange(text: string): BlockList | undefined {
  const [, network = '', prefix] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const bits = isIPv6(network) ? 128 : 32;
  const length = Number(prefix ?? bits);
  if (isIP(network) === 0 || length > bits) {
    return undefined;
  }
  const range = new BlockList();
  range.addSubnet(network, length, familyOf(network));
  return range;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

const orders: Readonly<Record<string, (actual: number, wanted: number) => boolean>> = {
  Equals: (actual, wanted) => actual === wanted,
  LessThan: (actual, wanted) => actual < wanted,
  LessThanEquals: (actual, wanted) => actual <= wanted,
  GreaterThan: (actual, wanted) => actual > wanted,
  GreaterThanEquals: (actual, wanted) => actual >= wanted,
};

type Accepts = (value: string) => boolean;

const isTruth: Accepts = (value) => /^(true|false)$/i.test(value);
const isRange: Accepts = (value) => readRange(value) !== undefined;

function ordered(family: string, read: (text: string) => number): [string, Operator][] {
  const accepts: Accepts = (value) => !Number.isNaN(read(value));
  const compared = Object.entries(orders).map(([name, test]): [string, Operator] => [
    family + name,
    operator(numbers(test, read), accepts),
  ]);
  const equal = numbers((actual, wanted) => actual === wanted, read);
  return [...compared, [`${family}NotEquals`, negatedOperator(equal, accepts)]];
}

function operator(compare: Comparison, accepts?: Accepts): Operator {
  return { compare, negated: false, ...(accepts && { accepts }) };
}

function negatedOperator(compare: Comparison, accepts?: Accepts): Operator {
  return { ...operator(compare, accepts), negated: true };
}

/** The condition operators, by AWS's names; `…IfExists` and the `For…Values:` prefixes are handled around them. */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', operator(exactly)],
  ['StringNotEquals', negatedOperator(exactly)],
  ['StringEqualsIgnoreCase', operator(ignoringCase)],
  ['StringNotEqualsIgnoreCase', negatedOperator(ignoringCase)],
  ['StringLike', operator(like)],
  ['StringNotLike', negatedOperator(like)],
  ['ArnEquals', operator(arnLike)],
  ['ArnLike', operator(arnLike)],
  ['ArnNotEquals', negatedOperator(arnLike)],
  ['ArnNotLike', negatedOperator(arnLike)],
  ['Bool', operator(bool, isTruth)],
  // Compares whether the key is absent.
  ['Null', operator(bool, isTruth)],
  ['IpAddress', operator(inRange, isRange)],
  ['NotIpAddress', negatedOperator(inRange, isRange)],
  ...ordered('Numeric', readNumber),
  ...ordered('Date', readDate),
]);
