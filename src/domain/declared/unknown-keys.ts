import { mostGuesses } from '../input/limits.js';
import { nearest } from '../input/nearest.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import type { MapNode } from '../input/value-node.js';

/** The allowed keys of a map, and what messages call the map. */
export interface Vocabulary {
  readonly words: readonly string[];
  /** With its article, as in "a hop". */
  readonly noun: string;
}

/** Names of a key in the AWS config file and other tools that a spelling suggestion would not find. */
const otherNames: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/^(role|role[-_]?arn|arn)$/i, 'role-to-assume'],
  [/^(source[-_]?profile|from|hub|extends)$/i, 'via'],
  [/^(chain|roles|hops)$/i, 'role-chain'],
  [/^(accounts?|account[-_]?ids?)$/i, 'allowed-account-ids'],
];

/** Whether `word` is an unknown key that most likely means `known`. */
export function isMeantAs(word: string, known: string, words: readonly string[]): boolean {
  return !words.includes(word) && (otherName(word, words) ?? nearest(word, words)) === known;
}

function otherName(word: string, words: readonly string[]): string | undefined {
  return otherNames.find(([pattern, meant]) => pattern.test(word) && words.includes(meant))?.[1];
}

/** Reports every unknown key of a map, with the closest known one. */
export function reportUnknownKeys({ keys, entries }: MapNode, { words, noun }: Vocabulary, place: Place): void {
  for (const [index, word] of [...entries.keys()].filter((each) => !words.includes(each)).entries()) {
    if (word === '<<') {
      place.on(keys.get(word)).report('YAML merge keys (<<) are not supported here', 'Write every value in full');
      continue;
    }
    const meant = otherName(word, words) ?? (index < mostGuesses ? nearest(word, words) : undefined);
    const fix = meant === undefined ? `Write one of ${words.join(', ')}` : `Did you mean ${meant}?`;
    place.on(keys.get(word)).report(`${quote(word)} is not a key of ${noun}`, fix);
  }
}
