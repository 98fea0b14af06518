import type { EmulatorState } from '../session/emulator-state.js';
import type { XmlElement } from '../wire/query-xml.js';
import { type Call, signer } from './operation.js';

/**
 * GetCallerIdentity requires no permission, and an explicit deny does not block it.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function getCallerIdentity(_state: EmulatorState, call: Call): readonly XmlElement[] {
  const caller = signer(call);
  return [
    ['Arn', caller.arn],
    ['UserId', caller.userId],
    ['Account', caller.accountId],
  ];
}
