import type { Environment } from '../input/environment.js';
import { githubIssuer, idSeparator, serverIssuer } from './issuer.js';
import { prefixWithIds, subjectContext } from './subject.js';

/** The claims that this run's ID token would have, derived from the run's variables. */
export interface ExpectedToken {
  readonly issuer: string;
  /** The possible values of `sub`: the classic form, and the form with IDs if the issuer uses it and they are known. */
  readonly subjects: readonly string[];
  /** The repository's ID, if it is known and the issuer is one whose `repository_id` AWS tests. */
  readonly repositoryId?: string;
}

/**
 * Derives the token of a run from its variables. If the job has an environment, its `sub` is different, and no variable
 * shows the environment.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export function expectedToken(environment: Environment): ExpectedToken {
  const repository = environment.GITHUB_REPOSITORY || 'OWNER/REPOSITORY';
  const { GITHUB_REPOSITORY_OWNER_ID: ownerId, GITHUB_REPOSITORY_ID: repositoryId } = environment;
  const issuer = issuerOf(environment);
  const withIds = prefixWithIds(repository, [ownerId, repositoryId], idSeparator(issuer));
  const isTestable = issuer === githubIssuer && /^\d+$/.test(repositoryId ?? '');
  const prefixes = [`repo:${repository}`, ...(withIds === undefined ? [] : [withIds])];
  const context = subjectContext(environment);
  return {
    issuer,
    subjects: prefixes.map((prefix) => `${prefix}:${context}`),
    ...(isTestable && repositoryId !== undefined && { repositoryId }),
  };
}

function issuerOf({ GITHUB_SERVER_URL: server, ACTIONS_ID_TOKEN_REQUEST_URL: request = '' }: Environment): string {
  const [forgejo] = /^https?:\/\/.*?\/api\/actions(?=\/_apis\/)/.exec(request) ?? [];
  if (forgejo !== undefined) {
    return forgejo;
  }
  const host = server !== undefined && URL.canParse(server) ? new URL(server).host : 'github.com';
  if (host === 'github.com') {
    return githubIssuer;
  }
  return host.endsWith('.ghe.com') ? `https://token.actions.${host}` : `https://${host}${serverIssuer}`;
}
