import { documentProblems, entryProblems, identityElements } from '../policy-language/policy-grammar.js';
import { AwsError, validationError } from '../wire/aws-error.js';
import type { Parameters } from '../wire/parameters.js';
import { isObject } from '../world/json-object.js';
import { findManagedPolicy, unknownManagedPolicy } from '../world/managed-policies.js';
import type { PolicyDocument } from '../world/world.js';
import type { EmulatorState } from './emulator-state.js';

/** The maximum length of a session policy in characters, without insignificant whitespace. */
const longestPolicy = 2048;

/** The policies that limit a session: the inline one and the managed ones. */
export function sessionPolicies(state: EmulatorState, parameters: Parameters, accountId: string): PolicyDocument[] {
  const inline = parameters.text('Policy');
  const managed = parameters.policyArns.map((arn) => managedPolicy(state, arn, accountId));
  return inline === undefined ? managed : [parsePolicy(inline), ...managed];
}

function parsePolicy(text: string): PolicyDocument {
  const policy = parseJson(text);
  if (JSON.stringify(policy).length > longestPolicy) {
    const constraint = `Member must have length less than or equal to ${longestPolicy}`;
    throw validationError(`1 validation error detected: Value at 'policy' failed to satisfy constraint: ${constraint}`);
  }
  const statements: unknown[] = isObject(policy) ? [policy.Statement].flat() : [];
  const isWhole = isObject(policy) && documentProblems(policy as unknown as PolicyDocument).length === 0;
  if (!isWhole || statements.length === 0 || !statements.every(isStatement)) {
    throw new AwsError('MalformedPolicyDocument', 400, 'Syntax errors in policy.');
  }
  return policy as unknown as PolicyDocument;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError('MalformedPolicyDocument', 400, 'This policy contains invalid Json');
  }
}

function isStatement(value: unknown): boolean {
  if (!isObject(value) || (value.Effect !== 'Allow' && value.Effect !== 'Deny')) {
    return false;
  }
  if (!Object.keys(value).every((element) => identityElements.includes(element))) {
    return false;
  }
  const statement = { ...value, Effect: value.Effect };
  // A variable with an unknown key is valid syntax; the policy denies when it is evaluated.
  return (['Action', 'Resource'] as const).every(
    (element) => entryProblems(statement, element, undefined).length === 0,
  );
}

function managedPolicy(state: EmulatorState, arn: string, accountId: string): PolicyDocument {
  const [, owner] = /^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\//.exec(arn) ?? [];
  if (owner === undefined) {
    throw validationError(`ARN ${arn} is not valid.`);
  }
  const policy = owner === 'aws' || owner === accountId ? findManagedPolicy(state.world, arn) : undefined;
  if (policy !== undefined) {
    return policy;
  }
  if (owner !== 'aws') {
    throw validationError(`The managed policy ${arn} does not exist or is not attachable.`);
  }
  // The emulator does not have every AWS managed policy. An unknown one grants nothing.
  state.note(unknownManagedPolicy(arn));
  return { Statement: [] };
}
