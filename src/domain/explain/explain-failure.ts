import { baseText } from '../chain/base-identity.js';
import type { CallFailure } from '../chain/call-failure.js';
import { type Hop, roleText } from '../chain/hop.js';
import { hopPlace } from '../chain/log-lines.js';
import type { FailedTarget } from '../chain/outcome.js';
import { facts, heading, type Part, paragraph, titled } from '../document/parts.js';
import { isRoleArn, type RoleArn, roleArn } from '../iam/arn.js';
import type { NonEmpty } from '../input/non-empty.js';
import { issuerHost } from '../policies/statements.js';
import type { FailureRow } from './failures/row.js';
import { matchFailure } from './match-failure.js';
import { baseCarries, carries, signedSides, tokenSides } from './policy-advice.js';

/** One failure, for however many targets it stopped. */
export interface StopStory {
  readonly title: string;
  readonly summary: string;
  readonly parts: readonly Part[];
}

/** Explains one failed call; the stops are those of every target that waited for it. */
export function explainFailure(stops: NonEmpty<FailedTarget>): StopStory {
  const [stop] = stops;
  const { failure, caller, sessions, hop, target } = stop;
  const row = matchFailure(failure);
  const title = `${placeOf(stops)}: ${row.title}`;
  const from = caller?.arn ?? sessions.at(-1)?.identity.arn ?? baseText(target.base);
  const role = hop && targetRole(hop, stop);
  const to = hop && (role?.arn ?? roleText(hop.role));
  const parts = [
    heading(title),
    ...facts([
      ['Who called', from],
      ...(to === undefined ? [] : [['For the role', to] as const]),
      ...saidRows(failure),
    ]),
    ...(hop !== undefined && row.shows === 'policies' ? hopParts(stop) : []),
    ...(row.note === undefined ? [] : [paragraph(row.note)]),
    ...titled('steps', row.causes.length === 1 ? 'Likely cause:' : 'Likely causes, in order:', row.causes),
    ...titled(
      'points',
      'What to do:',
      row.fixes.map((fix) => filled(fix, stop)),
    ),
    ...(role === undefined || row.shows === undefined ? [] : sides(stop, row, role)),
  ];
  const who = to === undefined || failure.message.includes(to) ? '' : `${from} → ${to}: `;
  const said = `${failure.operation}: ${failure.code}: ${shortened(failure.message)}${request(failure)}`;
  const summary = `${placeOf(stops)}: ${who}${said} The log of this step has the likely causes and what to do.`;
  return { title: `${title} (${failure.code})`, summary, parts };
}

function placeOf(stops: NonEmpty<FailedTarget>): string {
  const [{ failure, hop, sessions }] = stops;
  const targets = stops.map(({ target }) => target);
  const names = targets.flatMap(({ name }) => (name === undefined ? [] : [name]));
  if (hop === undefined) {
    return `Base identity${names.length > 0 ? ` (${names.join(', ')})` : ''}`;
  }
  const what = failure.operation === 'GetIdToken' ? ', ID token' : '';
  return `${hopPlace(sessions.length, targets)}${what}`;
}

/** A role by name lies in the account of whoever makes the hop. */
function targetRole({ role }: Hop, { caller }: FailedTarget): RoleArn | undefined {
  if (isRoleArn(role)) {
    return role;
  }
  return caller && roleArn(caller.partition, caller.accountId, role);
}

/** The words, the code and the request id of whoever answered, as they came. */
function saidRows(failure: CallFailure): readonly (readonly [string, string])[] {
  const { code, shape, status, message, requestId, operation, attempts } = failure;
  const speaker = status === undefined ? 'Error' : operation === 'GetIdToken' ? 'The service said' : 'AWS said';
  const details = [...(status === undefined ? [] : [`HTTP ${status}`]), ...(shape === undefined ? [] : [shape])];
  return [
    ['Call', `${operation}${attempts > 1 ? `, ${attempts} attempts` : ''}`],
    [speaker, `${code}: ${message}`],
    ...(details.length === 0 ? [] : [['Answer', details.join(', ')] as const]),
    ...(requestId === undefined ? [] : [['Request ID', requestId] as const]),
  ];
}

function hopParts(stop: FailedTarget): readonly Part[] {
  const brought = baseCarries(stop);
  return [
    ...titled('points', 'What this hop carries:', carries(stop)),
    ...(brought === undefined ? [] : [paragraph(brought)]),
  ];
}

function sides(stop: FailedTarget, { shows }: FailureRow, role: RoleArn): readonly Part[] {
  return shows === 'token' ? tokenSides(stop, role) : signedSides(stop, role);
}

/** A fix with what this hop had, where it is known. */
function filled(fix: string, { claims, hop, failure }: FailedTarget): string {
  const iss = text(claims?.iss);
  const aud = text([claims?.aud].flat()[0]);
  const role = hop?.role;
  const provider =
    iss !== undefined && role !== undefined && isRoleArn(role)
      ? `arn:${role.partition}:iam::${role.accountId}:oidc-provider/${issuerHost(iss)}`
      : undefined;
  const known = { iss, aud, provider, role: failure.operation === 'GetIdToken' ? undefined : role?.name };
  return fix.replace(/<(iss|aud|provider|role)>/g, (whole, name: keyof typeof known) => known[name] ?? whole);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && /^[!-~]+$/.test(value) ? value : undefined;
}

function request({ requestId }: CallFailure): string {
  return requestId === undefined ? '.' : ` (request ${requestId}).`;
}

function shortened(message: string): string {
  return message.length > 400 ? `${message.slice(0, 380)}…` : message.replace(/\.$/, '');
}
