import type { EmulatorState } from '../session/emulator-state.js';
import { credentialsElement } from '../session/issue-session.js';
import { checkMfa } from '../session/mfa.js';
import { sessionTokenSize, tokenSizeElements } from '../session/token-size.js';
import { accessDenied } from '../wire/aws-error.js';
import type { XmlElement } from '../wire/query-xml.js';
import { checkRegion } from './disabled-regions.js';
import { type Call, signer } from './operation.js';

const defaultSeconds = 43200;
const rootSeconds = 3600;

/**
 * GetSessionToken, which accepts only long-term keys;
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export function getSessionToken(state: EmulatorState, call: Call): readonly XmlElement[] {
  const caller = signer(call);
  if (caller.session !== undefined) {
    throw accessDenied('Cannot call GetSessionToken with session credentials');
  }
  checkRegion(state, caller.accountId, call.region);
  const asked = call.parameters.integer('DurationSeconds') ?? defaultSeconds;
  // AWS shortens the sessions of the root user instead of rejecting the call.
  const seconds = caller.kind === 'root' ? Math.min(asked, rootSeconds) : asked;
  const now = state.clock.now();
  const facts = {
    kind: 'session-token',
    accountId: caller.accountId,
    arn: caller.arn,
    userId: caller.userId,
    issuedAt: now,
    expiresAt: now + seconds * 1000,
    tags: [],
    policies: [],
    tokenSize: sessionTokenSize(call.parameters, { tags: [], sourceIdentity: undefined }),
  } as const;
  const owner = caller.userName === undefined ? {} : { userName: caller.userName };
  const mfa = checkMfa(call.parameters, caller) ? { mfaAt: now } : {};
  const session = state.sessions.issue({ ...facts, ...owner, ...mfa });
  return [credentialsElement(session), ...tokenSizeElements(session)];
}
