import type { Claims } from '../id-token/claims.js';
import { isImmutableSubject } from '../id-token/subject.js';
import { type IdentityArn, identityText } from '../identifiers/arn.js';
import { timeText } from '../identifiers/timestamp.js';
import { durationText } from '../session-limits/duration-limits.js';
import type { AssumedRole } from './assumed-role.js';
import { type BaseIdentity, baseText } from './base-identity.js';
import type { Target } from './target.js';

/** The log line of a completed hop: caller, role, duration and session token size. */
export function hopLine(
  session: AssumedRole,
  {
    index,
    targets,
    caller,
    base,
  }: { index: number; targets: readonly Target[]; caller: IdentityArn | undefined; base: BaseIdentity },
): string {
  const { role, credentials, durationSeconds, tokenSize } = session;
  const from = caller === undefined ? baseText(base) : identityText(caller);
  const size = tokenSize === undefined ? '' : `, session token ${tokenSize.utilization} % full`;
  return `${hopPlace(index, targets)}: ${from} → ${role.arn} as ${session.identity.roleSessionName}, ${durationText(durationSeconds)}, expires ${timeText(credentials.expiration)}${size}`;
}

/** Maximum target names on a line. More targets are only counted: the log names each one at its last hop. */
const mostNames = 5;

/** The number of a hop, the length of its chain, and its targets. */
export function hopPlace(index: number, targets: readonly Target[]): string {
  const lengths = [...new Set(targets.map(({ hops }) => hops.length))];
  const named = targets.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const of = lengths.length === 1 ? ` of ${lengths[0]}` : '';
  const forWhom = named.length > mostNames ? `${named.length} targets` : named.join(', ');
  return `Hop ${index + 1}${of}${forWhom && ` (${forWhom})`}`;
}

/** The log line of the base identity and the reason for it. */
export function baseLine({
  targets,
  baseReason,
  regionReason,
  endpoint,
}: {
  readonly targets: readonly Target[];
  readonly baseReason: string;
  readonly regionReason?: string;
  readonly endpoint?: string;
}): string {
  const bases = [...new Set(targets.map(({ base }) => baseText(base)))];
  const goal = targets.some(({ hops }) => hops.length > 0)
    ? ''
    : ' No role is named in role-to-assume, role-chain or targets, so the step ends as this identity.';
  const place = endpoint === undefined ? '' : ` STS endpoint: ${endpoint}.`;
  const region = regionReason === undefined ? '' : ` ${regionReason}.`;
  return `Base identity: ${bases.join('; ')}, because ${baseReason}.${goal}${region}${place}`;
}

/** The log line of an ID token: its claims sub, aud and iss, never the token. */
export function tokenLine(claims: Claims): string {
  const { sub, aud, iss } = claims;
  const form = typeof sub === 'string' && isImmutableSubject(sub) ? ' (immutable form)' : '';
  const shown = Object.entries({ sub, aud, iss }).map(([name, value]) =>
    value === undefined ? `no ${name}` : `${name} ${JSON.stringify(value)}${name === 'sub' ? form : ''}`,
  );
  return `Token: ${shown.join(', ')}`;
}
