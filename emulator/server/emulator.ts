import type { JWTPayload } from 'jose';
import type { Clock } from '../session/clock.js';
import type { IssuedCredentials, IssueOptions } from '../session/issue-credentials.js';
import type { WorldDocument } from '../world/world.js';
import type { Faults } from './faults.js';
import type { RecordedRequest } from './record-request.js';

/** A running emulator. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`; STS answers at `/`. */
  readonly url: string;
  /** The issuer of the job's ID tokens. */
  readonly issuer: string;
  /** The variables that direct an AWS client and a job's ID-token request to this emulator. */
  readonly environment: Readonly<Record<string, string>>;
  /** The variables of the instance metadata service; empty without an instance. */
  readonly instanceEnvironment: Readonly<Record<string, string>>;
  /** The variables of the container credentials; empty without a container. */
  readonly containerEnvironment: Readonly<Record<string, string>>;
  /** The emulator's time; every expiration depends on it. */
  readonly clock: Clock;
  /** The world. Changes to it take effect at the next request. */
  readonly world: WorldDocument;
  /** The requests so far, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Policy elements that the emulator cannot evaluate and therefore denies, and its own failures. */
  readonly notes: readonly string[];
  readonly faults: Pick<Faults, 'add' | 'clear'>;
  /** Signs an ID token of the job. These claims override the job's; `aud` defaults to sts.amazonaws.com. */
  idToken(claims?: JWTPayload): Promise<string>;
  /** Issues credentials for a role or user without a call. Throws if the world contains neither. */
  issue(arn: string, options?: IssueOptions): IssuedCredentials;
  /** Stops listening and closes every connection, including stalled ones. */
  close(): Promise<void>;
}

/** Options of an emulator; `onNote` receives each note. */
export interface EmulatorOptions {
  readonly world: WorldDocument;
  /** Default 0: any free port. */
  readonly port?: number;
  /** A delay before every answer except those of the control API, in milliseconds. */
  readonly latencyMs?: number;
  /** Epoch milliseconds; default `Date.now`. */
  readonly now?: () => number;
  /** The first n secrets contain `+` or `/`, later ones only letters and digits. Default: random. */
  readonly alphanumericSecretsAfter?: number;
  readonly onNote?: (note: string) => void;
}
