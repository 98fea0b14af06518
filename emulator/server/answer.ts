import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimedCaller } from '../session/authenticate.js';
import { queryForm } from '../sts/answer-sts.js';
import { type AwsError, throttled } from '../wire/aws-error.js';
import type { HttpReply, HttpRequest } from '../wire/http-message.js';
import type { AnswerContext, PendingRequest } from './answer-context.js';
import type { Fault } from './fault.js';
import { faultError } from './fault-error.js';
import { changedReply, faultReply } from './fault-reply.js';
import { realReply, refusal } from './real-reply.js';
import { recordRequest } from './record-request.js';
import { breakConnection } from './send-reply.js';

/** An answer, and the fault that applies while it is sent. */
interface Answer {
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
  const record = recordRequest(request, { form, connection, at: context.state.clock.now() });
  context.requests.push(record);
  const fault = context.faults.take(record.operation, form?.get('RoleArn'));
  const pending = { request, form, record, requestId: randomUUID() };
  const error = injectedError(context, pending, fault);
  const latency = context.latencyMs + (fault?.kind === 'latency' ? fault.ms : 0);
  if (latency > 0) {
    await sleep(latency, undefined, { ref: false });
  }
  if (fault !== undefined && breakConnection(fault, response)) {
    return undefined;
  }
  const reply =
    (fault && faultReply(fault, pending.requestId)) ??
    (error && refusal(context.state, pending, error)) ??
    changedReply(await realReply(context, pending), fault, (element) =>
      context.state.note(`a fault changes ${element}, but the answer to ${record.operation} does not have it`),
    );
  record.status = reply.status;
  return { reply, fault };
}

/** The error of the fault; without a fault, Throttling if the account is above its rate limit. */
function injectedError(
  context: AnswerContext,
  pending: PendingRequest,
  fault: Fault | undefined,
): AwsError | undefined {
  const { form, record } = pending;
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
