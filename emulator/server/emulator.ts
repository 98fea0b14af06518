import type { JWTPayload } from 'jose';
import type { Clock } from '../session/clock.js';
import type { IssuedCredentials, IssueOptions } from '../session/issue-credentials.js';
import type { WorldDocument } from '../world/world.js';
import type { Faults } from './faults.js';
import type { RecordedRequest } from './requests.js';

/** A running emulator. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`; STS answers at `/`. */
  readonly url: string;
  /** The issuer of the job's ID tokens. */
  readonly issuer: string;
  /** Variables that point an AWS client and a job's ID-token request here. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that point at the instance metadata service; empty without an instance. */
  readonly instanceEnvironment: Readonly<Record<string, string>>;
  /** Variables that point at the container credentials; empty without a container. */
  readonly containerEnvironment: Readonly<Record<string, string>>;
  /** The emulator's time; everything that expires follows it. */
  readonly clock: Clock;
  /** The world, live: edits count from the next request on. */
  readonly world: WorldDocument;
  /** The requests so far, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Policy elements that the emulator cannot evaluate and therefore denies, and its own failures. */
  readonly notes: readonly string[];
  readonly faults: Pick<Faults, 'add' | 'clear'>;
  /** Signs an ID token of the job, with these claims overriding its own; `aud` is sts.amazonaws.com unless given. */
  idToken(claims?: JWTPayload): Promise<string>;
  /** Issues credentials for a role or user without a call. Throws if the world has neither. */
  issue(arn: string, options?: IssueOptions): IssuedCredentials;
  /** Stops listening and destroys every connection, stalled ones too. */
  close(): Promise<void>;
}

/** Options of an emulator; `onNote` receives each note. */
export interface EmulatorOptions {
  readonly world: WorldDocument;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Added to every answer but the emulator's own paths, in milliseconds. */
  readonly latencyMs?: number;
  /** Epoch milliseconds; default `Date.now`. */
  readonly now?: () => number;
  /** The first n secrets contain `+` or `/`, later ones only letters and digits; default: random. */
  readonly plainSecretsAfter?: number;
  readonly onNote?: (note: string) => void;
}
