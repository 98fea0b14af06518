import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { JobDocument } from '../world/world.js';

/** The issuer of github.com's ID tokens. */
export const githubIssuer = 'https://token.actions.githubusercontent.com';

const tokenSeconds = 300;
const earlySeconds = 600;
const sha = '3f786850e387550fdab836ed7e6dc881de23001b';

const defaults: Readonly<Record<string, unknown>> = {
  repository: 'octo-org/octo-repo',
  repository_id: '74',
  repository_owner_id: '65',
  repository_visibility: 'private',
  actor: 'octocat',
  actor_id: '12',
  base_ref: '',
  head_ref: '',
  check_run_id: '39012345678',
  event_name: 'push',
  ref: 'refs/heads/main',
  run_id: '30433642',
  run_number: '10',
  run_attempt: '2',
  runner_environment: 'github-hosted',
  sha,
  workflow: 'Deploy',
  workflow_sha: sha,
  job_workflow_sha: sha,
};

/** The requested audience, and claims that replace the job's. */
interface TokenRequest {
  readonly audience?: string | undefined;
  readonly overrides?: JWTPayload | undefined;
}

/** The claims of the job's ID token, as GitHub sets them. `now` is in epoch milliseconds. */
export function jobClaims(job: JobDocument, now: number, { audience, overrides }: TokenRequest): JWTPayload {
  const chosen: Record<string, unknown> = { ...defaults, ...job.claims, ...overrides };
  const repository = String(chosen.repository);
  const owner = repository.split('/')[0] ?? repository;
  const workflowRef = `${repository}/.github/workflows/deploy.yml@${String(chosen.ref)}`;
  const filled: Record<string, unknown> = {
    repository_owner: owner,
    ref_type: String(chosen.ref).startsWith('refs/tags/') ? 'tag' : 'branch',
    workflow_ref: workflowRef,
    job_workflow_ref: workflowRef,
    ...chosen,
  };
  const iat = Math.floor(now / 1000);
  return {
    jti: randomUUID(),
    sub: subject(filled, job.immutableSubject ?? false),
    aud: audience ?? `https://github.com/${owner}`,
    iss: job.issuer ?? githubIssuer,
    iat,
    nbf: iat - earlySeconds,
    exp: iat + tokenSeconds,
    ...filled,
  };
}

// GitHub's `sub`: the environment, else pull_request, else the ref. The immutable form has the IDs in the first part.
function subject(claims: Readonly<Record<string, unknown>>, immutable: boolean): string {
  const [owner = '', name = ''] = String(claims.repository).split('/');
  const repository = immutable
    ? `${owner}@${String(claims.repository_owner_id)}/${name}@${String(claims.repository_id)}`
    : `${owner}/${name}`;
  return `repo:${repository}:${subjectTail(claims)}`;
}

function subjectTail(claims: Readonly<Record<string, unknown>>): string {
  const ref = String(claims.ref);
  if (claims.environment) {
    return `environment:${escapeColons(String(claims.environment))}`;
  }
  if (claims.event_name === 'pull_request' || ref.startsWith('refs/pull/')) {
    return 'pull_request';
  }
  return `ref:${escapeColons(ref)}`;
}

function escapeColons(text: string): string {
  return text.replaceAll(':', '%3A');
}
