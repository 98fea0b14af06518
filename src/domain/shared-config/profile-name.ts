import { quote } from '../input/problem.js';

/** What a profile's name may be, in AWS's files as in this project's messages. */
export function profileNameProblem(name: string): string | undefined {
  return /^[^\s[\]/\\\p{Cc}"'#;=]{1,128}$/u.test(name)
    ? undefined
    : `${quote(name)} cannot be the name of an AWS profile`;
}
