import type { CallFailure } from '../calls/call-failure.js';
import { baseText } from '../chain/base-identity.js';
import { roleText } from '../chain/hop.js';
import { hopPlace } from '../chain/log-lines.js';
import type { FailedTarget } from '../chain/outcome.js';
import { identityText, type RoleArn } from '../identifiers/arn.js';
import { authorizationId, withoutAuthorizationId } from './authorization-id.js';
import type { FailureGroup } from './group-failures.js';

/** Names the failed hop, with its position and targets, or the failed base identity, for a heading. */
export function failurePlace(group: FailureGroup): string {
  const [[{ failure, hop, sessions }]] = group;
  const targets = group.flat().map(({ target }) => target);
  if (hop === undefined) {
    const names = targets.flatMap(({ name }) => name ?? []);
    return `Base identity${names.length > 0 ? ` (${namesText(names)})` : ''}`;
  }
  return `${hopPlace(sessions.length, targets)}${failure.operation === 'GetIdToken' ? ', ID token' : ''}`;
}

/** The rows with the caller and the role of a failed hop; `roles` are those of all calls in the group. */
export function whoRows(group: FailureGroup, roles: readonly RoleArn[]): readonly (readonly [string, string])[] {
  const [[failed]] = group;
  const to = roleOf(failed, roles);
  const more = roles.length > 1 ? ` and ${roles.length - 1} more` : '';
  return [['Caller', callerText(failed)], ...(to === undefined ? [] : [['Role', `${to}${more}`] as const])];
}

function callerText({ caller, sessions, target }: FailedTarget): string {
  const known = caller ?? sessions.at(-1)?.identity;
  return known === undefined ? baseText(target.base) : identityText(known);
}

function roleOf({ hop }: FailedTarget, [role]: readonly RoleArn[]): string | undefined {
  return hop && (role?.arn ?? roleText(hop.role));
}

/** The rows with the message, code and request ID of a failure, unchanged. */
export function messageRows(failure: CallFailure): readonly (readonly [string, string])[] {
  const { code, shape, status, message, requestId, operation, attempts } = failure;
  const label = messageLabel(failure);
  const details = [...(status === undefined ? [] : [`HTTP ${status}`]), ...(shape === undefined ? [] : [shape])];
  const { id } = authorizationId(failure) ?? {};
  return [
    ...(id === undefined ? [] : [['Authorization ID', id] as const]),
    ['Call', `${operation}${attempts > 1 ? `, ${attempts} attempts` : ''}`],
    [label, `${code}: ${message}`],
    ...(details.length === 0 ? [] : [['Answer', details.join(', ')] as const]),
    ...(requestId === undefined ? [] : [['Request ID', requestId] as const]),
  ];
}

/** The label of the message: who sent it, or only `Error` if there was no complete answer. */
function messageLabel({ code, status, operation }: CallFailure): string {
  if (code.startsWith('Proxy')) {
    return 'The proxy said';
  }
  if (/^(AnswerTooLarge|IncompleteAnswer)$/.test(code)) {
    return 'Error';
  }
  const service = operation === 'GetIdToken' ? 'The token service said' : 'AWS said';
  return status === undefined ? 'Error' : service;
}

/** Summarizes a failure for the annotation. An authorization ID and its link come first: the end may be cut. */
export function failureSummary(group: FailureGroup, place: string, roles: readonly RoleArn[]): string {
  const [[failed]] = group;
  const { failure } = failed;
  const authorization = authorizationId(failure);
  const link = authorization?.link === undefined ? '' : `: ${authorization.link}`;
  const first = authorization === undefined ? '' : `Authorization ID ${authorization.id}${link}\n`;
  const to = roleOf(failed, roles);
  const more = roles.length > 1 ? ` (and ${roles.length - 1} more roles)` : '';
  const isNamed = to === undefined || (roles.length === 1 && failure.message.includes(to));
  const who = isNamed ? '' : `${callerText(failed)} → ${to}${more}: `;
  const request = failure.requestId === undefined ? '' : ` Request ID ${failure.requestId}.`;
  const message = `${failure.operation}: ${failure.code}: ${shortened(withoutAuthorizationId(failure.message))}${request}`;
  return `${first}${place}: ${who}${message} The log of this step has the likely causes and what to do.`;
}

function shortened(message: string): string {
  return message.length > 400 ? `${message.slice(0, 380)}…` : /[.!?…]$/.test(message) ? message : `${message}.`;
}

/** Names for a heading: all if there are few, else the first ones and the number of others. */
export function namesText(names: readonly string[]): string {
  const mostNames = 5;
  return names.length <= mostNames + 1
    ? names.join(', ')
    : `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`;
}
