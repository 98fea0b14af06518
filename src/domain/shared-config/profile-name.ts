import type { Refusal } from '../input/problem.js';
import { quote } from '../input/quote.js';

/** Returns why a text cannot be the name of an AWS profile; undefined if it can. */
export function profileNameRefusal(name: string): Refusal | undefined {
  return /^[^\s[\]/\\\p{Cc}"'#;=]{1,128}$/u.test(name)
    ? undefined
    : {
        what: `${quote(name)} cannot be the name of an AWS profile`,
        fix: 'Use 1 to 128 characters without white space, quotes, brackets, slashes, # ; and =',
      };
}
