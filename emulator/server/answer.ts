import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimedCaller } from '../session/authenticate.js';
import { answerSts, errorReply, queryForm } from '../sts/answer-sts.js';
import { withAuthorizationId } from '../sts/authorization-id.js';
import type { StsState } from '../sts/operation.js';
import { AwsError, internalFailure } from '../wire/aws-error.js';
import type { Form } from '../wire/form.js';
import { type HttpReply, type HttpRequest, jsonReply } from '../wire/http-message.js';
import { parseAuthorization } from '../wire/sigv4.js';
import type { Fault } from './fault-rules.js';
import { type Faults, faultError, throttled } from './faults.js';
import { idTokenPath } from './id-token.js';
import { containerPath, type Endpoint } from './machine-credentials.js';
import type { RateLimit } from './rate-limit.js';
import { type RecordedRequest, recordedHeaders, recordedParameters } from './requests.js';
import { breakConnection } from './send-reply.js';
import { changedReply, faultReply, redirectReply } from './wrong-replies.js';

/** The parts of the emulator that an answer uses. */
export interface AnswerContext {
  readonly state: StsState;
  readonly faults: Faults;
  readonly requests: RecordedRequest[];
  readonly rateLimit: RateLimit;
  readonly latencyMs: number;
  readonly idToken: (request: HttpRequest) => Promise<HttpReply>;
  readonly machines: readonly Endpoint[];
}

const largestBody = 10_000_000;

/** An answer, and the fault that applies while it is sent. */
export interface Answer {
  readonly reply: HttpReply;
  readonly fault: Fault | undefined;
}

/** The response to a request, and the number of its connection. */
export interface Exchange {
  readonly response: ServerResponse;
  readonly connection: number;
}

/** Records a request and answers it, with faults applied; `undefined` if a fault ended the connection. */
export async function answer(
  context: AnswerContext,
  request: HttpRequest,
  { response, connection }: Exchange,
): Promise<Answer | undefined> {
  const form = request.path === '/' ? queryForm(request) : undefined;
  const record = recordOf(context, request, { form, connection });
  context.requests.push(record);
  const fault = context.faults.take(record.operation, form?.get('RoleArn'));
  const question = { request, form, record, requestId: randomUUID() };
  const error = refusal(context, question, fault);
  const latency = context.latencyMs + (fault?.kind === 'latency' ? fault.ms : 0);
  if (latency > 0) {
    await sleep(latency, undefined, { ref: false });
  }
  if (fault !== undefined && breakConnection(fault, response)) {
    return undefined;
  }
  const reply = await replyTo(context, question, { fault, error });
  record.status = reply.status;
  return { reply, fault };
}

interface Question {
  readonly request: HttpRequest;
  readonly form: Form | undefined;
  readonly record: RecordedRequest;
  readonly requestId: string;
}

/** The error that the fault injects; without a fault, Throttling if the account is above its rate limit. */
function refusal(context: AnswerContext, { form, record }: Question, fault: Fault | undefined): AwsError | undefined {
  const caller = form === undefined ? undefined : claimedCaller(context.state, record.accessKeyId ?? '');
  const roleArn = form?.get('RoleArn');
  if (fault !== undefined) {
    const { operation } = record;
    return faultError(fault, { operation, callerArn: caller?.arn, roleArn, now: context.state.clock.now() });
  }
  // Unsigned calls count for the account of the role.
  const accountId = caller?.accountId ?? roleArn?.split(':')[4] ?? '';
  return form === undefined || context.rateLimit.allows(accountId) ? undefined : throttled();
}

async function replyTo(
  context: AnswerContext,
  question: Question,
  { fault, error }: { readonly fault: Fault | undefined; readonly error: AwsError | undefined },
): Promise<HttpReply> {
  const { record, requestId } = question;
  const wrong = fault === undefined ? undefined : faultReply(fault, requestId);
  if (wrong !== undefined) {
    return wrong;
  }
  const reply =
    error === undefined
      ? await route(context, question).catch((reason: unknown) =>
          refuse(context.state, question, awsErrorOf(context.state, reason)),
        )
      : refuse(context.state, question, error);
  if (fault === undefined) {
    return reply;
  }
  return changedReply(reply, fault, (element) =>
    context.state.note(`a fault changes ${element}, but the answer to ${record.operation} does not have it`),
  );
}

function recordOf(
  context: AnswerContext,
  request: HttpRequest,
  { form, connection }: { readonly form: Form | undefined; readonly connection: number },
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
  if (request.path === idTokenPath) {
    return 'GetIdToken';
  }
  if (request.path === containerPath) {
    return 'GetContainerCredentials';
  }
  if (request.path.startsWith('/latest/')) {
    return 'GetInstanceMetadata';
  }
  return form?.get('Action') ?? 'Unknown';
}

async function route(context: AnswerContext, { request, form, record, requestId }: Question): Promise<HttpReply> {
  if (request.path === idTokenPath) {
    return context.idToken(request);
  }
  for (const endpoint of context.machines) {
    const reply = endpoint(request);
    if (reply !== undefined) {
      return reply;
    }
  }
  if (request.path !== '/') {
    return { status: 404, headers: {}, body: '<UnknownOperationException/>\n' };
  }
  if (request.body.length > largestBody) {
    return { status: 413, headers: {}, body: '' };
  }
  if (form === undefined) {
    return redirectReply(requestId, request.query);
  }
  const onCaller = (arn: string) => {
    record.callerArn = arn;
  };
  return (await answerSts(context.state, request, form, onCaller))(requestId);
}

/**
 * Returns an AWS error unchanged. Any other error is a bug of the emulator: it becomes InternalFailure, with a note.
 */
export function awsErrorOf(state: StsState, reason: unknown): AwsError {
  if (reason instanceof AwsError) {
    return reason;
  }
  state.note(`the emulator failed, so it answers InternalFailure: ${String(reason)}`);
  return internalFailure();
}

// Only STS answers in XML. The other services answer in JSON and throttle with status 429.
function refuse(state: StsState, { record, requestId }: Question, error: AwsError): HttpReply {
  record.errorCode = error.code;
  if (!/^Get(IdToken|ContainerCredentials|InstanceMetadata)$/.test(record.operation)) {
    return errorReply(explained(state, record, error), requestId);
  }
  return jsonReply(error.code === 'Throttling' ? 429 : error.status, { Code: error.code, message: error.text });
}

function explained({ world }: StsState, { parameters }: RecordedRequest, error: AwsError): AwsError {
  if (world.authorizationIds !== true) {
    return error;
  }
  return withAuthorizationId(error, parameters.RoleArn?.split(':')[1] ?? world.partition ?? 'aws');
}
