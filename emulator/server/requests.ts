import type { Form } from '../wire/form.js';
import { secretParameters } from '../wire/parameter-schemas.js';

/** A recorded request, without secrets. */
export interface RecordedRequest {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
  callerArn?: string;
  readonly accessKeyId?: string;
  readonly region?: string;
  /** The HTTP status; 0 until answered. */
  status: number;
  errorCode?: string;
  /** The number of the TCP connection, counted from 1. */
  readonly connection: number;
  /** Arrival in epoch milliseconds, by the emulator's clock. */
  readonly at: number;
  readonly headers: Readonly<Record<string, string>>;
}

const secretHeaders = ['authorization', 'x-amz-security-token', 'x-aws-ec2-metadata-token', 'cookie'];
const redacted = '(redacted)';

/** A form's parameters without tokens, assertions and codes, and without Action and Version. */
export function recordedParameters(form: Form): Record<string, string> {
  const shown = [...form].filter(([name]) => name !== 'Action' && name !== 'Version');
  return Object.fromEntries(shown.map(([name, value]) => [name, secretParameters.includes(name) ? redacted : value]));
}

/** Request headers without credentials. */
export function recordedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretHeaders.includes(name) ? redacted : value]),
  );
}
