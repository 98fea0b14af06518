import { type Call, signer } from './operation.js';
import type { XmlElement } from './query-xml.js';
import type { Realm } from './realm.js';

/** GetCallerIdentity: needs no permission and no deny stops it. */
export function getCallerIdentity(_realm: Realm, call: Call): readonly XmlElement[] {
  const caller = signer(call);
  return [
    ['Arn', caller.arn],
    ['UserId', caller.userId],
    ['Account', caller.accountId],
  ];
}
