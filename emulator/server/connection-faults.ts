import type { ServerResponse } from 'node:http';
import { xmlReply } from '../sts/answer-sts.js';
import type { HttpReply } from '../wire/http-message.js';
import type { Fault } from './faults.js';

const website = 'https://aws.amazon.com/iam';

/** Answers that are well-formed HTTP but not what was asked for. */
const replies: Readonly<Partial<Record<Fault['kind'], (requestId: string) => HttpReply>>> = {
  redirect: redirectReply,
  malformed: (requestId) => xmlReply(200, requestId, '<AssumeRoleResponse><AssumeRoleResult></AssumeRole'),
  empty: (requestId) => xmlReply(200, requestId, ''),
};

/** Where AWS sends what it does not take for a Query request. */
export function redirectReply(requestId: string, query = ''): HttpReply {
  const location = query === '' ? website : `${website}?${query}`;
  return { status: 302, headers: { location, 'x-amzn-requestid': requestId }, body: '' };
}

/** The wrong answer a fault stands for, if it is one of those. */
export function faultReply(fault: Fault, requestId: string): HttpReply | undefined {
  return replies[fault.kind]?.(requestId);
}

/** Breaks the connection as the fault says; true when nothing more is to be sent. */
export function breakConnection(fault: Fault, response: ServerResponse): boolean {
  if (fault.kind === 'reset') response.socket?.resetAndDestroy();
  if (fault.kind === 'stall-body') {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': 1000 });
    response.write('<AssumeRoleResponse');
  }
  return ['reset', 'stall', 'stall-body'].includes(fault.kind);
}
