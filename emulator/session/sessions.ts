import type { PolicyDocument, RoleDocument } from '../world/world.js';
import { randomId, randomSecret, randomToken } from './random-keys.js';

/** The size in bytes of a session token without policies and tags. */
export const emptyTokenSize = 700;

/** How a session was created. This decides whether AssumeRole with it is role chaining. */
export type SessionKind = 'session-token' | 'role' | 'web-identity' | 'saml' | 'ecs' | 'ec2';

/** A session tag. Later sessions of the chain inherit transitive ones. */
export interface SessionTag {
  readonly key: string;
  readonly value: string;
  readonly transitive: boolean;
}

/** The properties of an issued session besides its keys; times in epoch milliseconds. */
interface SessionProperties {
  readonly kind: SessionKind;
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The role object itself: deleting or recreating the role ends its sessions. */
  readonly role?: RoleDocument;
  readonly roleName?: string;
  /** The user (or `root`) behind a GetSessionToken session. */
  readonly userName?: string | undefined;
  readonly tags: readonly SessionTag[];
  readonly sourceIdentity?: string | undefined;
  readonly mfaAt?: number | undefined;
  readonly policies: readonly PolicyDocument[];
  /** The size of the session token in bytes; default: that of a session without policies and tags. */
  readonly tokenSize?: number | undefined;
}

/** A session: its properties and keys. */
export interface Session extends SessionProperties {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The issued sessions, by access key id. */
export interface Sessions {
  issue(facts: SessionProperties): Session;
  find(accessKeyId: string): Session | undefined;
}

/** Creates an empty store. With `alphanumericSecretsAfter: n` the first n secrets contain `+` or `/`, later ones never. */
export function createSessions(alphanumericSecretsAfter: number | undefined): Sessions {
  const byKey = new Map<string, Session>();
  return {
    issue(facts) {
      const special = alphanumericSecretsAfter !== undefined && byKey.size < alphanumericSecretsAfter;
      const kind = alphanumericSecretsAfter === undefined ? 'any' : special ? 'special' : 'alphanumeric';
      const session: Session = {
        ...facts,
        accessKeyId: randomId('ASIA', 16),
        secretAccessKey: randomSecret(kind),
        sessionToken: randomToken(facts.tokenSize ?? emptyTokenSize),
      };
      byKey.set(session.accessKeyId, session);
      return session;
    },
    find: (accessKeyId) => byKey.get(accessKeyId),
  };
}
