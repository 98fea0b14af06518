import type { Caller } from '../session/caller.js';
import type { EmulatorState } from '../session/emulator-state.js';
import type { SigningKey } from '../tokens/signing-key.js';
import type { Parameters } from '../wire/parameters.js';
import type { XmlElement } from '../wire/query-xml.js';

/** The state that STS operations use: the emulator's, and the signing key of the job's ID tokens. */
export interface StsState extends EmulatorState {
  readonly signingKey: SigningKey;
}

/** One validated call: its signer (federated calls are unsigned) and its origin. */
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
    throw new Error('a signed operation was called without a caller');
  }
  return call.caller;
}
