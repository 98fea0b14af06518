import { isObject } from '../world/json-object.js';
import type { PolicyDocument, PolicyStatement } from '../world/world.js';
import { unknownVariables } from './policy-variables.js';

const documentElements: readonly string[] = ['Version', 'Id', 'Statement'];
const versions: readonly unknown[] = [undefined, '2008-10-17', '2012-10-17'];

/** The elements of a statement in an identity or session policy. */
export const identityElements: readonly string[] = [
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** The form of each entry of these elements. */
const forms = {
  Action: /^(\*+|[\w*?-]+:[\w*?-]+)$/,
  Resource: /^(\*+|arn:.+)$/s,
} as const;

/** Problems of a policy outside its statements. IAM rejects such a policy. */
export function documentProblems(policy: PolicyDocument): string[] {
  const statements: unknown[] = [policy.Statement].flat();
  return [
    ...Object.keys(policy).filter((element) => !documentElements.includes(element)),
    ...(versions.includes(policy.Version) ? [] : [`Version ${JSON.stringify(policy.Version)}`]),
    ...(statements.every(isObject) ? [] : ['Statement']),
  ];
}

/** Problems of a statement's Action or NotAction, Resource or NotResource. Exactly one of each pair is required. */
export function entryProblems(
  statement: PolicyStatement,
  element: keyof typeof forms,
  version: string | undefined,
): string[] {
  const given = [element, `Not${element}`].filter((name) => statement[name] !== undefined);
  const [name] = given;
  if (name === undefined) {
    return [`no ${element}`];
  }
  if (given.length > 1) {
    return [`${given.join(' with ')}`];
  }
  const value = statement[name];
  const entries = textsOf(value);
  if (entries === undefined || !entries.every((entry) => forms[element].test(entry))) {
    return [`${name} ${JSON.stringify(value)}`];
  }
  return element === 'Resource' ? entries.flatMap((entry) => unknownVariables(entry, version)) : [];
}

/** A string or a list of strings as a list; `undefined` for anything else, including an empty list. */
export function textsOf(value: unknown): string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((item) => typeof item === 'string') ? list : undefined;
}
