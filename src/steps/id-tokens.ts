import { withRetries } from '../aws/retry.js';
import { FileProblem } from '../disk/file-problem.js';
import { readTokenFile } from '../disk/token-file.js';
import type { BaseIdentity } from '../domain/chain/base-identity.js';
import { CallFailed } from '../domain/chain/call-failure.js';
import { tokenLine } from '../domain/chain/log-lines.js';
import type { WalkRequest } from '../domain/chain/walk-request.js';
import { readClaims } from '../domain/id-token/claims.js';
import type { Connections } from '../net/connections.js';
import { getIdToken } from '../net/id-token.js';
import { workspacePath } from './machine-files.js';
import type { WalkContext } from './walk-context.js';

/** Bytes that AWS takes of a token and of an assertion. */
const webIdentityLimit = 20_000;
const assertionLimit = 100_000;

/** One token a walk for every base that asks for the same; a fresh one where a try with the last one failed. */
export function tokenSource(
  connections: Connections,
  { retry }: WalkRequest,
  { environment, progress, signal }: WalkContext,
): (base: BaseIdentity, fresh: boolean) => Promise<string> {
  const kept = new Map<string, Promise<string>>();
  const fetched = async (base: BaseIdentity): Promise<string> => {
    const token = await fetchToken(base);
    progress.mask([token]);
    const claims = readClaims(token);
    if (claims !== undefined) {
      progress.info(tokenLine(claims));
    }
    return token;
  };
  const fetchToken = (base: BaseIdentity): Promise<string> => {
    switch (base.kind) {
      case 'oidc':
        return withRetries('ID token', { rules: retry, signal, progress }, (attempt) =>
          getIdToken({ ...base, connections, signal, attempt }),
        );
      case 'web-identity':
        return tokenFile(workspacePath(base.tokenFile, environment), webIdentityLimit);
      case 'saml':
        return tokenFile(workspacePath(base.assertionFile, environment), assertionLimit);
      default:
        throw new Error(`${base.kind} has no token.`);
    }
  };
  return (base, fresh) => {
    const key = JSON.stringify(base);
    const before = fresh ? undefined : kept.get(key);
    const token = before ?? fetched(base);
    kept.set(key, token);
    return token;
  };
}

async function tokenFile(path: string, limit: number): Promise<string> {
  try {
    return await readTokenFile(path, limit);
  } catch (error) {
    if (!(error instanceof FileProblem)) {
      throw error;
    }
    throw new CallFailed({
      operation: 'ReadTokenFile',
      code: 'TokenFileUnreadable',
      message: `${error.message} ${error.fix}`,
      attempts: 1,
    });
  }
}
