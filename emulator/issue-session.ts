import { isoSeconds } from './clock.js';
import { type FoundRole, partitionOf, uniqueId } from './directory.js';
import type { XmlElement } from './query-xml.js';
import type { Realm } from './realm.js';
import type { Session, SessionKind, SessionTag } from './sessions.js';
import type { PolicyDocument } from './world.js';

/** What a new role session is made of besides its role; `seconds` is its life. */
export interface NewSession {
  readonly kind: SessionKind;
  readonly sessionName: string;
  readonly seconds: number;
  readonly tags?: readonly SessionTag[];
  readonly sourceIdentity?: string | undefined;
  readonly policies?: readonly PolicyDocument[];
}

/** Issues a session of a role. */
export function issueRoleSession(realm: Realm, found: FoundRole, wanted: NewSession): Session {
  const { accountId, role, roleName } = found;
  const now = realm.clock.now();
  const session = {
    kind: wanted.kind,
    accountId,
    arn: `arn:${partitionOf(realm.world, accountId)}:sts::${accountId}:assumed-role/${roleName}/${wanted.sessionName}`,
    userId: `${uniqueId(role, 'AROA')}:${wanted.sessionName}`,
    issuedAt: now,
    expiresAt: now + wanted.seconds * 1000,
    role,
    roleName,
    tags: wanted.tags ?? [],
    policies: wanted.policies ?? [],
  };
  const { sourceIdentity } = wanted;
  return realm.sessions.issue(sourceIdentity === undefined ? session : { ...session, sourceIdentity });
}

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
