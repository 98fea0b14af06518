import type { Provider } from '../domain/base-identity/provider.js';
import type { BaseIdentity, MachineOrigin } from '../domain/chain/base-identity.js';
import type { StsLocation } from '../domain/endpoint/sts-endpoint.js';
import type { Sts } from './sts.js';
import type { RetryContext } from './with-retries.js';

/** The dependencies of a hop. */
export interface HopServices extends RetryContext {
  readonly sts: Sts;
  readonly providerArn?: string;
  /** Retry until the secret access key has only letters and digits. */
  readonly alphanumericSecret: boolean;
}

/** The dependencies of reading a base identity's credentials. */
export interface BaseServices extends RetryContext {
  readonly sts: Sts;
  /** The token of a federated base: one for the whole walk; a new one if it was rejected or is about to expire. */
  readonly token: (base: BaseIdentity, refused?: string) => Promise<string>;
  /** The current provider of the machine's credentials; rejects with CallFailed. */
  readonly providerOf: (origin: MachineOrigin) => Promise<Provider>;
}

/** The dependencies of a walk. */
export interface WalkServices extends Omit<BaseServices, 'sts' | 'queue'> {
  /** The STS client of a hop or target, by Region. */
  readonly stsFor: (location: StsLocation) => Sts;
  /** Retry until the last secret access key has only letters and digits. */
  readonly alphanumericSecret: boolean;
}
