import type { Places } from '../input/place.js';
import type { BaseFacts } from './base-facts.js';

const keyInputs = ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'] as const;

/** Common damage to keys in inputs. */
const damages: readonly (readonly [pattern: RegExp, what: string, fix: string])[] = [
  [
    /^\$\{?[A-Za-z_]/,
    'begins with a dollar sign',
    'Write an expression like $' + '{{ secrets.NAME }}, because with: does not expand shell variables',
  ],
  [/^(["'`]).*\1$/s, 'is in quotes', 'Store the secret without quotes around it'],
  [/^aws_\w+\s*[=:]/i, 'begins with the name of a variable', 'Store the value alone, without the name before it'],
  [/^\*+$/, 'is only asterisks', 'Store the key itself: logs show asterisks in place of a secret'],
  [/^arn:/, 'is an ARN', 'Store the key itself; a role belongs in role-to-assume'],
  [
    /[^\s!-~]/,
    'contains a look-alike or invisible character',
    'Store the secret again, copied from where AWS shows it',
  ],
  [/\s/, 'contains white space or a line break', 'Store the secret again, on one line'],
];

/** Reports the inputs whose keys are damaged, never their values; returns whether there are any. */
export function reportDamagedKeys(given: BaseFacts['given'], places: Places): boolean {
  const damaged = keyInputs.flatMap((where) => {
    const [damage] = damages.filter(([pattern]) => pattern.test(given[where]));
    return damage === undefined ? [] : [{ where, what: `the value ${damage[1]}, so it is not a key`, fix: damage[2] }];
  });
  const isSwapped = /^(AKIA|ASIA)[A-Z0-9]{16}$/.test(given['aws-secret-access-key']);
  const swapped = {
    where: 'aws-secret-access-key',
    what: 'the value is an access key ID',
    fix: 'Swap the values of aws-access-key-id and aws-secret-access-key',
  };
  const problems = isSwapped ? [...damaged, swapped] : damaged;
  for (const problem of problems) {
    places(problem.where).report(problem.what, problem.fix);
  }
  return problems.length > 0;
}
