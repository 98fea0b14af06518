/** The part of GitHub's `github` context that becomes `GITHUB_*` variables, with GitHub's names. */
export interface GithubContext {
  readonly action: string;
  readonly actor: string;
  readonly actor_id: string;
  readonly api_url: string;
  readonly base_ref: string;
  readonly event_name: string;
  readonly graphql_url: string;
  readonly head_ref: string;
  readonly job: string;
  readonly ref: string;
  readonly ref_name: string;
  readonly ref_protected: string;
  readonly ref_type: string;
  readonly repository: string;
  readonly repository_id: string;
  readonly repository_owner: string;
  readonly repository_owner_id: string;
  readonly retention_days: string;
  readonly run_attempt: string;
  readonly run_id: string;
  readonly run_number: string;
  readonly server_url: string;
  readonly sha: string;
  readonly triggering_actor: string;
  readonly workflow: string;
  readonly workflow_ref: string;
  readonly workflow_sha: string;
}

const defaults = {
  action: '__self',
  actor: 'octocat',
  actor_id: '583231',
  api_url: 'https://api.github.com',
  base_ref: '',
  event_name: 'push',
  graphql_url: 'https://api.github.com/graphql',
  head_ref: '',
  job: 'deploy',
  ref: 'refs/heads/main',
  ref_protected: 'false',
  repository: 'octo-org/octo-repo',
  repository_id: '123456789',
  repository_owner_id: '987654',
  retention_days: '90',
  run_attempt: '1',
  run_id: '1658821493',
  run_number: '10',
  server_url: 'https://github.com',
  sha: '0123456789abcdef0123456789abcdef01234567',
  workflow: 'Deploy',
} as const;

/** A push to main in an example repository, with overrides. Dependent values are derived. */
export function githubContext(overrides: Partial<GithubContext> = {}): GithubContext {
  const base = { ...defaults, ...overrides };
  return {
    ref_name: base.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_type: base.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository_owner: base.repository.split('/')[0] ?? '',
    triggering_actor: base.actor,
    workflow_ref: `${base.repository}/.github/workflows/${base.workflow.toLowerCase().replaceAll(' ', '-')}.yml@${base.ref}`,
    workflow_sha: base.sha,
    ...base,
  };
}

/** Turns the context into `GITHUB_*` variables. */
export function githubEnvironment(context: GithubContext): Record<string, string> {
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, value]));
}
