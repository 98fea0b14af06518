import { answerSts } from '../sts/answer-sts.js';
import { withAuthorizationId } from '../sts/authorization-id.js';
import type { StsState } from '../sts/operation.js';
import { AwsError, internalFailure } from '../wire/aws-error.js';
import { type HttpReply, jsonReply } from '../wire/http-message.js';
import { errorReply, redirectReply } from '../wire/sts-reply.js';
import type { AnswerContext, PendingRequest } from './answer-context.js';

const largestBody = 10_000_000;

/** The answer without faults: that of the service, or its error. */
export async function realReply(context: AnswerContext, pending: PendingRequest): Promise<HttpReply> {
  try {
    return await route(context, pending);
  } catch (error) {
    return refusal(context.state, pending, awsErrorOf(context.state, error));
  }
}

async function route({ state, endpoints }: AnswerContext, pending: PendingRequest): Promise<HttpReply> {
  const { request, form, record, requestId } = pending;
  for (const endpoint of endpoints) {
    const reply = await endpoint(request);
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
  return answerSts(state, { request, form, requestId }, (arn) => {
    record.callerArn = arn;
  });
}

/** An error as the service sends it. Only STS answers in XML; the others answer in JSON and throttle with 429. */
export function refusal({ world }: StsState, { record, requestId }: PendingRequest, error: AwsError): HttpReply {
  record.errorCode = error.code;
  if (/^Get(IdToken|ContainerCredentials|InstanceMetadata)$/.test(record.operation)) {
    return jsonReply(error.code === 'Throttling' ? 429 : error.status, { Code: error.code, message: error.text });
  }
  const partition = record.parameters.RoleArn?.split(':')[1] ?? world.partition ?? 'aws';
  return errorReply(world.authorizationIds === true ? withAuthorizationId(error, partition) : error, requestId);
}

/** An AWS error unchanged. Any other error is a bug of the emulator: it becomes InternalFailure, with a note. */
export function awsErrorOf(state: StsState, error: unknown): AwsError {
  if (error instanceof AwsError) {
    return error;
  }
  state.note(`the emulator failed, so it answers InternalFailure: ${String(error)}`);
  return internalFailure();
}
