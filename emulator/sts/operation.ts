import type { Caller } from '../session/caller.js';
import type { EmulatorState } from '../session/emulator-state.js';
import type { SigningKey } from '../tokens/signing-key.js';
import type { Parameters } from '../wire/parameters.js';
import type { XmlElement } from '../wire/query-xml.js';

/** What STS works with: the emulator's state, and the key that signs the job's ID tokens. */
export interface StsState extends EmulatorState {
  readonly signingKey: SigningKey;
}

/** One validated call: who signed it (nobody signs federated calls) and from where. */
export interface Call {
  readonly caller: Caller | undefined;
  readonly parameters: Parameters;
  /** The Region of the signature. */
  readonly region: string | undefined;
  readonly sourceIp: string;
  readonly userAgent: string;
}

/** An STS operation: returns the children of its result element or throws an AwsError. */
export type OperationHandler = (state: StsState, call: Call) => readonly XmlElement[] | Promise<readonly XmlElement[]>;

/** The caller of a signed operation. */
export function signer(call: Call): Caller {
  if (call.caller === undefined) {
    throw new Error('a signed operation came without its caller');
  }
  return call.caller;
}
