import type { Session } from '../session/sessions.js';
import { largestSessionToken } from '../wire/aws-error.js';
import type { Parameters } from '../wire/parameters.js';
import type { XmlElement } from '../wire/query-xml.js';
import { isoSeconds } from '../wire/timestamps.js';

/** The Credentials element of a session. */
export function credentialsElement(session: Session): XmlElement {
  return [
    'Credentials',
    [
      ['AccessKeyId', session.accessKeyId],
      ['SecretAccessKey', session.secretAccessKey],
      ['SessionToken', session.sessionToken],
      ['Expiration', isoSeconds(session.expiresAt)],
    ],
  ];
}

/** The AssumedRoleUser element of a role session. */
export function assumedRoleUserElement(session: Session): XmlElement {
  return [
    'AssumedRoleUser',
    [
      ['AssumedRoleId', session.userId],
      ['Arn', session.arn],
    ],
  ];
}

/** The last elements of every answer with a role session: token sizes and source identity. */
export function closingElements(parameters: Parameters, session: Session): readonly XmlElement[] {
  const hasContent =
    parameters.text('Policy') !== undefined || parameters.policyArns.length > 0 || session.tags.length > 0;
  return [
    // The deprecated predecessor of SessionTokenUtilization. STS returns it only for calls with policies or tags.
    ['PackedPolicySize', hasContent ? utilization(session.sessionToken) : undefined],
    ['SourceIdentity', session.sourceIdentity],
    ...tokenSizeElements(session),
  ];
}

/** The elements that report the size of a session's token. */
export function tokenSizeElements({ sessionToken }: Session): readonly XmlElement[] {
  return [
    ['SessionTokenUtilization', utilization(sessionToken)],
    ['SessionTokenSize', sessionToken.length],
  ];
}

/** Percent of the maximum size, rounded up. */
function utilization(sessionToken: string): number {
  return Math.ceil((100 * sessionToken.length) / largestSessionToken);
}
