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
export const otherClaims = /repo_property_\w+|https:\/\/.+/;

/** Whether a token may carry a claim. */
export function isClaimName(name: string): boolean {
  return claimNames.includes(name) || new RegExp(`^(${otherClaims.source})$`).test(name);
}

/** The forms of claims that `sub` and policies depend on. */
export const claimForms: Readonly<Record<string, { readonly pattern: RegExp; readonly wanted: string }>> = {
  repository: { pattern: /^[^/]+\/[^/]+$/, wanted: 'OWNER/NAME, such as octo-org/octo-repo' },
  ref: { pattern: /^refs\/./, wanted: 'a whole ref, such as refs/heads/main' },
};

/** The form that a claim must have; undefined if it has that form. */
export function claimProblem(name: string, value: unknown): string | undefined {
  const form = Object.hasOwn(claimForms, name) ? claimForms[name] : undefined;
  return form === undefined || form.pattern.test(String(value)) ? undefined : `must be ${form.wanted}`;
}
