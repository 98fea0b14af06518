import type { Provider } from '../domain/base-identity/provider.js';
import type { BaseIdentity, MachineOrigin } from '../domain/chain/base-identity.js';
import type { StsLocation } from '../domain/endpoint/sts-address.js';
import type { Sts } from './sts.js';
import type { RetryContext } from './with-retries.js';

/** What the making of a hop depends on. */
export interface HopServices extends RetryContext {
  readonly sts: Sts;
  /** The ARN of the SAML provider, for AssumeRoleWithSAML. */
  readonly providerArn?: string;
  /** Whether to repeat the hop until the secret access key has only letters and digits. */
  readonly alphanumericSecret: boolean;
}

/** What the opening of a base identity depends on. */
export interface BaseServices extends RetryContext {
  readonly sts: Sts;
  /** Returns the token of a federated base, one for the whole walk; a new one if it was refused or expires soon. */
  readonly token: (base: BaseIdentity, refused?: string) => Promise<string>;
  /** Returns where the machine's credentials come from now; rejects with CallFailed. */
  readonly providerOf: (origin: MachineOrigin) => Promise<Provider>;
}

/** What a walk depends on. */
export interface WalkServices extends Omit<BaseServices, 'sts' | 'queue'> {
  /** Returns the STS client for a hop or target. */
  readonly stsFor: (location: StsLocation) => Sts;
  /** Whether to repeat last hops until the secret access key has only letters and digits. */
  readonly alphanumericSecret: boolean;
}
