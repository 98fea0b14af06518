import { quote } from '../input/quote.js';

/** The rule for profile names, in AWS files and in messages. */
export function profileNameProblem(name: string): string | undefined {
  return /^[^\s[\]/\\\p{Cc}"'#;=]{1,128}$/u.test(name)
    ? undefined
    : `${quote(name)} cannot be the name of an AWS profile`;
}
