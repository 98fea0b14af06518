import type { Environment } from '../input/environment.js';
import type { Claims } from './claims.js';
import { type IdSeparator, idSeparator } from './issuer.js';

/** The start of a `sub` with the IDs of owner and repository; undefined if the IDs or their form are unknown. */
export function prefixWithIds(
  repository: string,
  [ownerId, repositoryId]: readonly [unknown, unknown],
  separator: IdSeparator | undefined,
): string | undefined {
  const [owner, name] = repository.split('/');
  return separator !== undefined && isId(ownerId) && isId(repositoryId)
    ? `repo:${owner}${separator}${ownerId}/${name}${separator}${repositoryId}`
    : undefined;
}

/**
 * The part of a `sub` behind the repository, for a job without an environment: its pull request, else its branch or
 * tag. https://docs.github.com/en/actions/reference/security/oidc
 */
export function subjectContext({ GITHUB_EVENT_NAME: event, GITHUB_REF: ref }: Environment): string {
  const isPullRequest = event === 'pull_request' || ref?.startsWith('refs/pull/');
  return isPullRequest ? 'pull_request' : `ref:${(ref || 'refs/heads/main').replaceAll(':', '%3A')}`;
}

/** The form of the `sub` of a job with an environment, for display. */
export const environmentSubjectForm = 'repo:OWNER/REPOSITORY:environment:NAME';

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^\d+$/.test(value);
}

/** The warning about a GitHub `sub` that jobs of several branches, pull requests or repositories have, if it is one. */
export function subjectWarning(sub: string): string | undefined {
  if (/:pull_request$/.test(sub)) {
    return 'Warning: every pull request of the repository has this sub, no matter who opened it or what it changes. Trust it only in a role that cannot do harm. Deploy from a branch or an environment instead.';
  }
  if (!/(^|:)(repo|repository|repository_id):/.test(sub)) {
    return 'Warning: this sub does not name a repository, so jobs of other repositories have it too. Add a Condition that names yours.';
  }
  return /^(repo|repository|repository_id):[^:]+$/.test(sub)
    ? 'Warning: every job of the repository has this sub: all branches, tags and pull requests.'
    : undefined;
}

/**
 * Whether a `sub` has GitHub's immutable form, which has the IDs of owner and repository.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export function isImmutableSubject(subject: string): boolean {
  return /^repo:[^/:@]+@\d+\/[^/:@]+@\d+(:|$)/.test(subject);
}

/**
 * Converts a token's `sub` from the classic form to the form with IDs, or back; undefined if the token has no IDs, or
 * `sub` does not name the repository.
 */
export function otherSubject({ iss, sub, repository, ...ids }: Claims): string | undefined {
  if (typeof sub !== 'string' || typeof repository !== 'string') {
    return undefined;
  }
  const classic = `repo:${repository}:`;
  const withIds = prefixWithIds(repository, [ids.repository_owner_id, ids.repository_id], idSeparator(iss));
  if (withIds === undefined) {
    return undefined;
  }
  if (sub.startsWith(classic)) {
    return `${withIds}:${sub.slice(classic.length)}`;
  }
  return sub.startsWith(`${withIds}:`) ? classic + sub.slice(withIds.length + 1) : undefined;
}
