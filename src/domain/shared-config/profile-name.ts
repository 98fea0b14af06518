import { quote } from '../input/quote.js';

/** Returns why a text cannot be the name of an AWS profile; undefined if it can. */
export function profileNameProblem(name: string): string | undefined {
  return /^[^\s[\]/\\\p{Cc}"'#;=]{1,128}$/u.test(name)
    ? undefined
    : `${quote(name)} cannot be the name of an AWS profile`;
}
