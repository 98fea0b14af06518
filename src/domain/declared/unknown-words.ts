import { mostGuesses } from '../input/limits.js';
import { nearest } from '../input/nearest.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/problem.js';
import type { MapNode } from '../input/value-node.js';

/** The words that a map may have, and what it is. */
export interface Vocabulary {
  readonly words: readonly string[];
  /** As in "a hop". */
  readonly noun: string;
}

/** What the AWS config file and other tools call a word, where no likeness of letters leads to it. */
const otherNames: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/^(role|role[-_]?arn|arn)$/i, 'role-to-assume'],
  [/^(source[-_]?profile|from|hub|extends)$/i, 'via'],
  [/^(chain|roles|hops)$/i, 'role-chain'],
  [/^(accounts?|account[-_]?ids?)$/i, 'allowed-account-ids'],
];

/** Reports every word of a map that it may not have, with the one that was meant. */
export function reportUnknownWords({ keys, entries }: MapNode, { words, noun }: Vocabulary, place: Place): void {
  for (const [index, word] of [...entries.keys()].filter((each) => !words.includes(each)).entries()) {
    const other = otherNames.find(([pattern, meant]) => pattern.test(word) && words.includes(meant))?.[1];
    const meant = other ?? (index < mostGuesses ? nearest(word, words) : undefined);
    const fix = meant === undefined ? `Write one of ${words.join(', ')}` : `Did you mean ${meant}?`;
    place.on(keys.get(word)).report(`${quote(word)} is not a key of ${noun}`, fix);
  }
}
