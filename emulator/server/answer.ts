import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimedCaller } from '../session/authenticate.js';
import { answerSts, errorReply, queryForm } from '../sts/answer-sts.js';
import type { StsState } from '../sts/operation.js';
import { AwsError, internalFailure } from '../wire/aws-error.js';
import type { Form } from '../wire/form.js';
import { type HttpReply, type HttpRequest, jsonReply } from '../wire/http-message.js';
import { parseAuthorization } from '../wire/sigv4.js';
import { breakConnection, faultReply, redirectReply } from './connection-faults.js';
import { type Faults, faultError } from './faults.js';
import { idTokenPath } from './id-token.js';
import { containerPath, type Endpoint } from './machine-credentials.js';
import { type RecordedRequest, recordedHeaders, recordedParameters } from './requests.js';

/** The parts an answer is made of. */
export interface AnswerContext {
  readonly state: StsState;
  readonly faults: Faults;
  readonly requests: RecordedRequest[];
  readonly latencyMs: number;
  readonly idToken: (request: HttpRequest) => Promise<HttpReply>;
  readonly machines: readonly Endpoint[];
}

const largestBody = 10_000_000;

/** Records a request and answers it, late or wrongly where a fault says so; `undefined` when the answer was broken off. */
export async function answer(
  context: AnswerContext,
  request: HttpRequest,
  response: ServerResponse,
  connection: number,
): Promise<HttpReply | undefined> {
  const requestId = randomUUID();
  const form = request.path === '/' ? queryForm(request) : undefined;
  const record = recordOf(context, request, form, connection);
  context.requests.push(record);
  if (context.latencyMs > 0) await sleep(context.latencyMs, undefined, { ref: false });
  const fault = context.faults.take(record.operation, form?.get('RoleArn'));
  if (fault?.kind === 'latency') await sleep(fault.ms, undefined, { ref: false });
  if (fault !== undefined && breakConnection(fault, response)) return undefined;
  const wrong = fault === undefined ? undefined : faultReply(fault, requestId);
  const target = {
    operation: record.operation,
    callerArn: form === undefined ? undefined : claimedCaller(context.state, record.accessKeyId ?? '')?.arn,
    roleArn: form?.get('RoleArn'),
    now: context.state.clock.now(),
  };
  const error = fault === undefined ? undefined : faultError(fault, target);
  const answered = () =>
    route(context, request, form, record, requestId).catch((reason: unknown) =>
      refuse(record, awsErrorOf(context.state, reason), requestId),
    );
  const reply = wrong ?? (error === undefined ? await answered() : refuse(record, error, requestId));
  record.status = reply.status;
  return reply;
}

function recordOf(
  context: AnswerContext,
  request: HttpRequest,
  form: Form | undefined,
  connection: number,
): RecordedRequest {
  const authorization = parseAuthorization(request.headers.authorization ?? '');
  const audience = new URLSearchParams(request.query).get('audience');
  const parameters = form === undefined ? (audience === null ? {} : { audience }) : recordedParameters(form);
  return {
    operation: operationName(request, form),
    parameters,
    ...(authorization && { accessKeyId: authorization.accessKeyId, region: authorization.region }),
    status: 0,
    connection,
    at: context.state.clock.now(),
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
  context: AnswerContext,
  request: HttpRequest,
  form: Form | undefined,
  record: RecordedRequest,
  requestId: string,
): Promise<HttpReply> {
  if (request.path === idTokenPath) return context.idToken(request);
  for (const endpoint of context.machines) {
    const reply = endpoint(request);
    if (reply !== undefined) return reply;
  }
  if (request.path !== '/') return { status: 404, headers: {}, body: '<UnknownOperationException/>\n' };
  if (request.body.length > largestBody) return { status: 413, headers: {}, body: '' };
  if (form === undefined) return redirectReply(requestId, request.query);
  const onCaller = (arn: string) => {
    record.callerArn = arn;
  };
  return (await answerSts(context.state, request, form, onCaller))(requestId);
}

/** What AWS refuses, as it is; a slip of the emulator's own becomes AWS's InternalFailure, and a note. */
export function awsErrorOf(state: StsState, reason: unknown): AwsError {
  if (reason instanceof AwsError) return reason;
  state.note(`the emulator failed, so it answers InternalFailure: ${String(reason)}`);
  return internalFailure();
}

// Only STS speaks XML; the other services' clients read JSON, and throttle with 429.
function refuse(record: RecordedRequest, error: AwsError, requestId: string): HttpReply {
  record.errorCode = error.code;
  if (!/^Get(IdToken|ContainerCredentials|InstanceMetadata)$/.test(record.operation))
    return errorReply(error, requestId);
  return jsonReply(error.code === 'Throttling' ? 429 : error.status, { Code: error.code, message: error.text });
}
