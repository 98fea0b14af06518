import type { StsState } from '../sts/operation.js';
import type { Form } from '../wire/form.js';
import type { Endpoint, HttpRequest } from '../wire/http-message.js';
import type { Faults } from './faults.js';
import type { RateLimit } from './rate-limit.js';
import type { RecordedRequest } from './record-request.js';

/** The parts of the emulator that an answer uses. */
export interface AnswerContext {
  readonly state: StsState;
  readonly faults: Faults;
  readonly requests: RecordedRequest[];
  readonly rateLimit: RateLimit;
  readonly latencyMs: number;
  /** The services besides STS. */
  readonly endpoints: readonly Endpoint[];
}

/** A request to answer, its form if it is a Query request, and its record. */
export interface PendingRequest {
  readonly request: HttpRequest;
  readonly form: Form | undefined;
  readonly record: RecordedRequest;
  readonly requestId: string;
}
