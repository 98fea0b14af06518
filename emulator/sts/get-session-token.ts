import { checkMfa } from '../session/check-mfa.js';
import type { EmulatorState } from '../session/emulator-state.js';
import { issueUserSession } from '../session/issue-user-session.js';
import { sessionTokenSize } from '../session/token-size.js';
import { accessDenied } from '../wire/aws-error.js';
import type { XmlElement } from '../wire/query-xml.js';
import { checkRegion } from './check-region.js';
import { type Call, signer } from './operation.js';
import { credentialsElement, tokenSizeElements } from './session-elements.js';

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
  const session = issueUserSession(state, caller, {
    seconds,
    usedMfa: checkMfa(call.parameters, caller),
    tokenSize: sessionTokenSize(call.parameters, { tags: [], sourceIdentity: undefined }),
  });
  return [credentialsElement(session), ...tokenSizeElements(session)];
}
