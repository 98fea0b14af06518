import type { Caller } from './caller.js';
import type { Parameters } from './parameters.js';
import type { XmlElement } from './query-xml.js';
import type { Realm } from './realm.js';

/** One validated call: who signed it (nobody, for the federated ones) and from where. */
export interface Call {
  readonly caller: Caller | undefined;
  readonly parameters: Parameters;
  /** The Region of the signature. */
  readonly region: string | undefined;
  readonly sourceIp: string;
  readonly userAgent: string;
}

/** An STS operation: returns the children of its result element or throws an AwsError. */
export type OperationHandler = (realm: Realm, call: Call) => readonly XmlElement[] | Promise<readonly XmlElement[]>;

/** The caller of a signed operation. */
export function signer(call: Call): Caller {
  if (call.caller === undefined) throw new Error('a signed operation came without its caller');
  return call.caller;
}
