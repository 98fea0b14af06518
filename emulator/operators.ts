import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { lowerCased, matches, type Pattern, plainText, splitPattern } from './wildcard.js';

/** Compares one value of the request with one value of the policy. */
export type Comparison = (actual: string, wanted: Pattern) => boolean;

/** A condition operator; a negated one holds when no wanted value matches. */
export interface Operator {
  readonly compare: Comparison;
  readonly negated: boolean;
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

function readDate(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

const exactly: Comparison = (actual, wanted) => actual === plainText(wanted);
const ignoringCase: Comparison = (actual, wanted) => actual.toLowerCase() === plainText(wanted).toLowerCase();
const like: Comparison = (actual, wanted) => matches(wanted, actual);
const bool: Comparison = (actual, wanted) => matches(lowerCased(wanted), actual.toLowerCase());

// Each of an ARN's six parts is matched by itself, so that a wildcard cannot reach across a colon before the last.
const arnLike: Comparison = (actual, wanted) => {
  const patterns = splitPattern(wanted, ':', 6);
  const [head, ...rest] = [actual.split(':').slice(0, 5), actual.split(':').slice(5).join(':')].flat();
  const parts = [head ?? '', ...rest];
  return patterns.length === 6 && parts.length === 6 && patterns.every((part, at) => matches(part, parts[at] ?? ''));
};

const inRange: Comparison = (actual, wanted) => {
  const [network = '', prefix] = plainText(wanted).split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  if (!isIPv4(network) && !isIPv6(network)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  return list.check(actual, isIPv6(actual) ? 'ipv6' : 'ipv4');
};

const orders: Readonly<Record<string, (actual: number, wanted: number) => boolean>> = {
  Equals: (actual, wanted) => actual === wanted,
  LessThan: (actual, wanted) => actual < wanted,
  LessThanEquals: (actual, wanted) => actual <= wanted,
  GreaterThan: (actual, wanted) => actual > wanted,
  GreaterThanEquals: (actual, wanted) => actual >= wanted,
};

function ordered(family: string, read: (text: string) => number): [string, Operator][] {
  const equal = numbers((actual, wanted) => actual === wanted, read);
  return [
    ...Object.entries(orders).map(([name, test]): [string, Operator] => [family + name, holds(numbers(test, read))]),
    [`${family}NotEquals`, lacks(equal)],
  ];
}

function holds(compare: Comparison): Operator {
  return { compare, negated: false };
}

function lacks(compare: Comparison): Operator {
  return { compare, negated: true };
}

/** The condition operators, by AWS's names; `Null`, `…IfExists` and the `For…Values:` prefixes are handled around them. */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', holds(exactly)],
  ['StringNotEquals', lacks(exactly)],
  ['StringEqualsIgnoreCase', holds(ignoringCase)],
  ['StringNotEqualsIgnoreCase', lacks(ignoringCase)],
  ['StringLike', holds(like)],
  ['StringNotLike', lacks(like)],
  ['ArnEquals', holds(arnLike)],
  ['ArnLike', holds(arnLike)],
  ['ArnNotEquals', lacks(arnLike)],
  ['ArnNotLike', lacks(arnLike)],
  ['Bool', holds(bool)],
  ['IpAddress', holds(inRange)],
  ['NotIpAddress', lacks(inRange)],
  ...ordered('Numeric', readNumber),
  ...ordered('Date', readDate),
]);
