import { withRetries } from '../../aws/with-retries.js';
import { FileProblem } from '../../disk/files/file-problem.js';
import { readTokenFile } from '../../disk/files/token-file.js';
import { CallFailed } from '../../domain/calls/call-failure.js';
import { isAboutToExpire } from '../../domain/chain/about-to-expire.js';
import type { BaseIdentity } from '../../domain/chain/base-identity.js';
import { tokenLine } from '../../domain/chain/log-lines.js';
import type { WalkRequest } from '../../domain/chain/walk-request.js';
import { type Claims, readClaims } from '../../domain/id-token/claims.js';
import type { Connections } from '../../net/connections.js';
import { getIdToken } from '../../net/request-id-token.js';
import { sinceStart } from '../../process/clock.js';
import { workspacePath } from '../machine/machine-files.js';
import type { WalkContext } from './walk-context.js';

/** Maximum bytes of a web identity token that AWS accepts. */
const webIdentityLimit = 20_000;

/** Maximum bytes of a SAML assertion that AWS accepts. */
const assertionLimit = 100_000;

/**
 * Makes the function that returns the token of a base identity: one token for equal base identities of a walk; a new
 * one if `refused` is that token, or it is about to expire.
 */
export function tokenSource(
  connections: Connections,
  { retry }: WalkRequest,
  context: WalkContext,
): (base: BaseIdentity, refused?: string) => Promise<string> {
  const kept = new Map<string, Promise<KeptToken>>();
  const fetched = async (base: BaseIdentity, last: string | undefined): Promise<KeptToken> => {
    const token = await fetchToken(base, { connections, retry }, context);
    context.progress.mask([token]);
    const claims = readClaims(token) ?? {};
    if (token !== last && 'sub' in claims) {
      context.progress.info(tokenLine(claims));
    }
    return { token, at: sinceStart(), secondsLeft: secondsLeft(claims, base) };
  };
  return async (base, refused) => {
    const key = JSON.stringify(base);
    const before = kept.get(key);
    const last = await before;
    const isUsable =
      last !== undefined && last.token !== refused && !isAboutToExpire(last.secondsLeft, sinceStart() - last.at);
    // Another hop may have requested a new token meanwhile.
    const next = isUsable || kept.get(key) !== before ? kept.get(key) : fetched(base, last?.token);
    kept.set(key, next as Promise<KeptToken>);
    return ((await next) as KeptToken).token;
  };
}

function fetchToken(
  base: BaseIdentity,
  { connections, retry: rules }: { readonly connections: Connections; readonly retry: WalkRequest['retry'] },
  { environment, progress, signal }: WalkContext,
): Promise<string> {
  switch (base.kind) {
    case 'oidc': {
      const attempt = (count: number) => getIdToken({ ...base, connections, signal, attempt: count });
      return withRetries({ what: 'ID token', operation: 'GetIdToken', attempt }, { rules, signal, progress });
    }
    case 'web-identity':
      return tokenFile(workspacePath(base.tokenFile, environment), webIdentityLimit);
    case 'saml':
      return tokenFile(workspacePath(base.assertionFile, environment), assertionLimit);
    default:
      throw new Error(`${base.kind} has no token.`);
  }
}

interface KeptToken {
  readonly token: string;
  /** When the token was read, in milliseconds of a monotonic clock. */
  readonly at: number;
  readonly secondsLeft: number;
}

/**
 * The seconds until a token expires. A new token has its whole lifetime, whatever this clock says; one in a file may be
 * old.
 */
function secondsLeft({ exp, iat }: Claims, { kind }: BaseIdentity): number {
  const start = kind === 'oidc' && typeof iat === 'number' ? iat : Date.now() / 1000;
  return typeof exp === 'number' ? exp - start : Number.POSITIVE_INFINITY;
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
