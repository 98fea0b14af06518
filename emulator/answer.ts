import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimedCaller } from './authenticate.js';
import { AwsError, internalFailure } from './aws-error.js';
import { breakConnection, faultReply, redirectReply } from './connection-faults.js';
import { type Faults, faultError } from './faults.js';
import type { Form } from './form.js';
import { type HttpReply, type HttpRequest, jsonReply } from './http-message.js';
import { idTokenPath } from './id-token.js';
import { containerPath, type Endpoint } from './machine-credentials.js';
import type { Realm } from './realm.js';
import { type RecordedRequest, recordedHeaders, recordedParameters } from './requests.js';
import { parseAuthorization } from './sigv4.js';
import { answerSts, errorReply, queryForm } from './sts.js';

/** The parts an answer is made of. */
export interface Desk {
  readonly realm: Realm;
  readonly faults: Faults;
  readonly requests: RecordedRequest[];
  readonly latencyMs: number;
  readonly idToken: (request: HttpRequest) => Promise<HttpReply>;
  readonly machines: readonly Endpoint[];
}

const largestBody = 10_000_000;

/** Records a request and answers it, late or wrongly where a fault says so; `undefined` when the answer was broken off. */
export async function answer(
  desk: Desk,
  request: HttpRequest,
  response: ServerResponse,
  connection: number,
): Promise<HttpReply | undefined> {
  const requestId = randomUUID();
  const form = request.path === '/' ? queryForm(request) : undefined;
  const record = recordOf(desk, request, form, connection);
  desk.requests.push(record);
  if (desk.latencyMs > 0) await sleep(desk.latencyMs, undefined, { ref: false });
  const fault = desk.faults.take(record.operation, form?.get('RoleArn'));
  if (fault?.kind === 'latency') await sleep(fault.ms, undefined, { ref: false });
  if (fault !== undefined && breakConnection(fault, response)) return undefined;
  const wrong = fault === undefined ? undefined : faultReply(fault, requestId);
  const target = {
    operation: record.operation,
    callerArn: form === undefined ? undefined : claimedCaller(desk.realm, record.accessKeyId ?? '')?.arn,
    roleArn: form?.get('RoleArn'),
    now: desk.realm.clock.now(),
  };
  const error = fault === undefined ? undefined : faultError(fault, target);
  const answered = () =>
    route(desk, request, form, record, requestId).catch((reason: unknown) =>
      refuse(record, awsErrorOf(desk.realm, reason), requestId),
    );
  const reply = wrong ?? (error === undefined ? await answered() : refuse(record, error, requestId));
  record.status = reply.status;
  return reply;
}

function recordOf(desk: Desk, request: HttpRequest, form: Form | undefined, connection: number): RecordedRequest {
  const authorization = parseAuthorization(request.headers.authorization ?? '');
  const audience = new URLSearchParams(request.query).get('audience');
  const parameters = form === undefined ? (audience === null ? {} : { audience }) : recordedParameters(form);
  return {
    operation: operationName(request, form),
    parameters,
    ...(authorization && { accessKeyId: authorization.accessKeyId, region: authorization.region }),
    status: 0,
    connection,
    at: desk.realm.clock.now(),
    headers: recordedHeaders(request.headers),
  };
}

function operationName(request: HttpRequest, form: Form | undefined): string {
  if (request.path === idTokenPath) return 'GetIdToken';
  if (request.path === containerPath) return 'GetContainerCredentials';
  if (request.path.startsWith('/latest/')) return 'GetInstanceMetadata';
  return form?.get('Action') ?? 'Unknown';
}

async function route(
  desk: Desk,
  request: HttpRequest,
  form: Form | undefined,
  record: RecordedRequest,
  requestId: string,
): Promise<HttpReply> {
  if (request.path === idTokenPath) return desk.idToken(request);
  for (const endpoint of desk.machines) {
    const reply = endpoint(request);
    if (reply !== undefined) return reply;
  }
  if (request.path !== '/') return { status: 404, headers: {}, body: '<UnknownOperationException/>\n' };
  if (request.body.length > largestBody) return { status: 413, headers: {}, body: '' };
  if (form === undefined) return redirectReply(requestId, request.query);
  const onCaller = (arn: string) => {
    record.callerArn = arn;
  };
  return (await answerSts(desk.realm, request, form, onCaller))(requestId);
}

/** What AWS refuses, as it is; a slip of the emulator's own becomes AWS's InternalFailure, and a note. */
export function awsErrorOf(realm: Realm, reason: unknown): AwsError {
  if (reason instanceof AwsError) return reason;
  realm.note(`the emulator failed, so it answers InternalFailure: ${String(reason)}`);
  return internalFailure();
}

// Only STS speaks XML; the other services' clients read JSON, and throttle with 429.
function refuse(record: RecordedRequest, error: AwsError, requestId: string): HttpReply {
  record.errorCode = error.code;
  if (!/^Get(IdToken|ContainerCredentials|InstanceMetadata)$/.test(record.operation))
    return errorReply(error, requestId);
  return jsonReply(error.code === 'Throttling' ? 429 : error.status, { Code: error.code, message: error.text });
}
