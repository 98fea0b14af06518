import type { HttpReply } from '../wire/http-message.js';
import { escapeXml } from '../wire/query-xml.js';
import { redirectReply, xmlReply } from '../wire/sts-reply.js';
import type { AlteredFault, Fault } from './fault.js';

/** The answer that replaces the real one, if the fault has one. */
export function faultReply(fault: Fault, requestId: string): HttpReply | undefined {
  if (fault.kind === 'redirect') {
    return redirectReply(requestId);
  }
  if (fault.kind === 'malformed') {
    return xmlReply(200, '<AssumeRoleResponse><AssumeRoleResult></AssumeRole', requestId);
  }
  if (fault.kind === 'empty') {
    return xmlReply(200, '', requestId);
  }
  if (fault.kind !== 'reply') {
    return undefined;
  }
  return { status: fault.status, headers: { 'content-type': 'text/plain', ...fault.headers }, body: fault.body ?? '' };
}

/** The real answer with the fault's changes. `onAbsent` is called for elements that the answer does not have. */
export function changedReply(
  reply: HttpReply,
  fault: Fault | undefined,
  onAbsent: (element: string) => void,
): HttpReply {
  if (fault?.kind === 'huge') {
    return { ...reply, body: reply.body + ' '.repeat(Math.max(0, fault.bytes - reply.body.length)) };
  }
  if (fault?.kind !== 'altered') {
    return reply;
  }
  const isJson = reply.headers['content-type']?.startsWith('application/json') ?? false;
  const body = isJson ? alteredJson(reply.body, fault) : alteredXml(reply.body, fault, onAbsent);
  const headers = Object.entries({ ...reply.headers, ...fault.headers }).filter(([, value]) => value !== null);
  const omitted = Object.entries(fault.headers ?? {}).filter(([, value]) => value === null);
  return {
    status: reply.status,
    headers: Object.fromEntries(headers) as Record<string, string>,
    omitted: omitted.map(([name]) => name.toLowerCase()),
    body,
  };
}

function alteredJson(body: string, { elements = {} }: AlteredFault): string {
  const members = Object.entries({ ...(JSON.parse(body) as object), ...elements });
  return JSON.stringify(Object.fromEntries(members.filter(([, value]) => value !== null)));
}

function alteredXml(body: string, { elements = {} }: AlteredFault, onAbsent: (element: string) => void): string {
  return Object.entries(elements).reduce((text, [name, value]) => {
    const element = new RegExp(`(\\n *)<${name}(?:/>|>[^]*?</${name}>)`);
    if (!element.test(text)) {
      onAbsent(name);
    }
    return text.replace(element, (_, blanks: string) =>
      value === null ? '' : `${blanks}<${name}>${escapeXml(value)}</${name}>`,
    );
  }, body);
}
