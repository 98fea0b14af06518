import type { Form } from '../wire/form.js';
import type { HttpRequest } from '../wire/http-message.js';
import { secretParameters } from '../wire/parameter-schemas.js';
import { parseAuthorization } from '../wire/sigv4.js';
import { containerPath } from './container-endpoint.js';
import { idTokenPath } from './id-token-endpoint.js';
import { metadataPath } from './instance-endpoint.js';

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

/** How a request arrived: its form if it is a Query request, the number of its connection, and the time. */
interface Arrival {
  readonly form: Form | undefined;
  readonly connection: number;
  readonly at: number;
}

/** Records a request without tokens, assertions, codes and credentials, before it is answered. */
export function recordRequest(request: HttpRequest, { form, connection, at }: Arrival): RecordedRequest {
  const authorization = parseAuthorization(request.headers.authorization ?? '');
  const audience = new URLSearchParams(request.query).get('audience');
  const parameters = form === undefined ? (audience === null ? {} : { audience }) : parametersOf(form);
  return {
    operation: operationOf(request, form),
    parameters,
    ...(authorization && { accessKeyId: authorization.accessKeyId, region: authorization.region }),
    status: 0,
    connection,
    at,
    headers: redact(request.headers, secretHeaders),
  };
}

function operationOf({ path }: HttpRequest, form: Form | undefined): string {
  if (path === idTokenPath) {
    return 'GetIdToken';
  }
  if (path === containerPath) {
    return 'GetContainerCredentials';
  }
  if (path.startsWith(metadataPath)) {
    return 'GetInstanceMetadata';
  }
  return form?.get('Action') ?? 'Unknown';
}

function parametersOf(form: Form): Record<string, string> {
  const shown = [...form].filter(([name]) => name !== 'Action' && name !== 'Version');
  return redact(Object.fromEntries(shown), secretParameters);
}

function redact(values: Readonly<Record<string, string>>, secret: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, secret.includes(name) ? '(redacted)' : value]),
  );
}
