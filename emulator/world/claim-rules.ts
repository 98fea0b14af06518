import { unknownWord } from './closest-word.js';
import { mapOf, type Rule, type Schema, valueThat } from './rules.js';

/** The claims of GitHub's ID tokens: https://docs.github.com/en/actions/reference/security/oidc */
export const claimNames: readonly string[] = [
  'repository',
  'ref',
  'environment',
  'actor',
  'actor_id',
  'base_ref',
  'check_run_id',
  'enterprise',
  'enterprise_id',
  'environment_node_id',
  'event_name',
  'head_ref',
  'job_workflow_ref',
  'job_workflow_sha',
  'ref_protected',
  'ref_type',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'repository_visibility',
  'run_attempt',
  'run_id',
  'run_number',
  'runner_environment',
  'sha',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'aud',
  'exp',
  'iat',
  'iss',
  'jti',
  'nbf',
  'sub',
];

/** Other claims: custom properties of the repository, and names that are URLs, such as AWS's session tags. */
const otherClaims = /repo_property_\w+|https:\/\/.+/;

/** Whether a token may carry a claim. */
export function isClaimName(name: string): boolean {
  return claimNames.includes(name) || new RegExp(`^(${otherClaims.source})$`).test(name);
}

/** The forms of claims that `sub` and policies depend on. */
const claimForms: Readonly<Record<string, { readonly pattern: RegExp; readonly wanted: string }>> = {
  repository: { pattern: /^[^/]+\/[^/]+$/, wanted: 'OWNER/NAME, such as octo-org/octo-repo' },
  ref: { pattern: /^refs\/./, wanted: 'a whole ref, such as refs/heads/main' },
};

/** The form that a claim must have; undefined if it has that form. */
export function claimProblem(name: string, value: unknown): string | undefined {
  const form = Object.hasOwn(claimForms, name) ? claimForms[name] : undefined;
  return form === undefined || form.pattern.test(String(value)) ? undefined : `must be ${form.wanted}`;
}

const anything = valueThat('a value', {}, () => true);

/** A map from claims to any values, except that some claims have a form. */
export const claimsRule: Rule = {
  schema: {
    type: 'object',
    properties: Object.fromEntries(claimNames.map((claim) => [claim, claimSchema(claim)])),
    propertyNames: { pattern: `^(${claimNames.join('|')}|${otherClaims.source})$` },
  },
  check(value, path) {
    const problems = mapOf(anything, /^/, 'a claim').check(value, path);
    if (problems.length > 0) {
      return problems;
    }
    return Object.entries(value as object).flatMap(([claim, item]) => {
      const form = claimProblem(claim, item);
      const text = isClaimName(claim) ? form && `${form}, is ${JSON.stringify(item)}` : unknownWord(claim, claimNames);
      return text === undefined ? [] : [{ path: [...path, claim], text }];
    });
  },
};

function claimSchema(claim: string): Schema {
  const form = claimForms[claim];
  return form === undefined ? {} : { type: 'string', pattern: form.pattern.source };
}
