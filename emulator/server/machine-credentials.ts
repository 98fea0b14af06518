import { randomBytes } from 'node:crypto';
import type { EmulatorState } from '../session/emulator-state.js';
import { issueRoleSession } from '../session/issue-session.js';
import type { Session, SessionKind } from '../session/sessions.js';
import { type HttpReply, type HttpRequest, jsonReply, textReply } from '../wire/http-message.js';
import { isoSeconds } from '../wire/timestamps.js';
import { findRole } from '../world/directory.js';

const sessionSeconds = 6 * 3600;
const renewBefore = 15 * 60_000;
const tokenPath = '/latest/api/token';
const rolesPath = '/latest/meta-data/iam/security-credentials/';

/** The path of the container's credentials. */
export const containerPath = '/v1/credentials';

/** Answers requests for its own path; `undefined` for all others. */
export type Endpoint = (request: HttpRequest) => HttpReply | undefined;

/** The instance metadata service (IMDSv2 only) of the world's instance. */
export function createInstanceEndpoint(state: EmulatorState): Endpoint {
  const tokens = new Map<string, number>();
  const current = renewing(state, 'ec2');
  return (request) => {
    const { instance } = state.world;
    if (instance === undefined || !request.path.startsWith('/latest/')) {
      return undefined;
    }
    if (request.path === tokenPath) {
      return newToken(state, request, tokens);
    }
    const expiresAt = tokens.get(request.headers['x-aws-ec2-metadata-token'] ?? '');
    if (expiresAt === undefined || state.clock.now() >= expiresAt) {
      return textReply(401, '');
    }
    const instanceId = instance.instanceId ?? 'i-0123456789abcdef0';
    const region = instance.region ?? 'us-east-1';
    const roleName = instance.role.split('/').at(-1) ?? '';
    const answers: Readonly<Record<string, () => HttpReply>> = {
      [rolesPath]: () => textReply(200, roleName),
      [rolesPath.slice(0, -1)]: () => textReply(200, roleName),
      [rolesPath + roleName]: () => instanceCredentials(current(instance.role, instanceId)),
      '/latest/meta-data/instance-id': () => textReply(200, instanceId),
      '/latest/meta-data/placement/region': () => textReply(200, region),
      '/latest/meta-data/placement/availability-zone': () => textReply(200, `${region}a`),
      '/latest/dynamic/instance-identity/document': () =>
        jsonReply(200, { instanceId, region, accountId: instance.role.split(':')[4] }),
    };
    return Object.hasOwn(answers, request.path) ? answers[request.path]?.() : textReply(404, '');
  };
}

/** The credentials endpoint of the world's container, like that of ECS and EKS Pod Identity. */
export function createContainerEndpoint(state: EmulatorState, authorizationToken: string): Endpoint {
  const taskId = randomBytes(16).toString('hex');
  const current = renewing(state, 'ecs');
  return (request) => {
    const { container } = state.world;
    if (container === undefined || request.path !== containerPath) {
      return undefined;
    }
    if (request.headers.authorization !== authorizationToken) {
      return jsonReply(403, { Code: 'AccessDenied', Message: 'The authorization token is missing or wrong.' });
    }
    const session = current(container.role, taskId);
    if (session === undefined) {
      return jsonReply(404, { Code: 'NotFound', Message: 'The role does not exist.' });
    }
    return jsonReply(200, { RoleArn: container.role, ...keys(session), AccountId: session.accountId });
  };
}

function newToken(state: EmulatorState, request: HttpRequest, tokens: Map<string, number>): HttpReply {
  const seconds = Number(request.headers['x-aws-ec2-metadata-token-ttl-seconds']);
  if (request.method !== 'PUT') {
    return textReply(405, '');
  }
  if (!(seconds >= 1 && seconds <= 21600) || request.headers['x-forwarded-for'] !== undefined) {
    return textReply(400, '');
  }
  const token = randomBytes(42).toString('base64');
  tokens.set(token, state.clock.now() + seconds * 1000);
  const reply = textReply(200, token);
  return { ...reply, headers: { ...reply.headers, 'x-aws-ec2-metadata-token-ttl-seconds': String(seconds) } };
}

function instanceCredentials(session: Session | undefined): HttpReply {
  if (session === undefined) {
    return textReply(404, '');
  }
  const LastUpdated = isoSeconds(session.issuedAt);
  return jsonReply(200, { Code: 'Success', LastUpdated, Type: 'AWS-HMAC', ...keys(session) });
}

function keys(session: Session): Record<string, string> {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    Token: session.sessionToken,
    Expiration: isoSeconds(session.expiresAt),
  };
}

// Like AWS, returns the same session until shortly before it expires.
function renewing(
  state: EmulatorState,
  kind: SessionKind,
): (roleArn: string, sessionName: string) => Session | undefined {
  let session: Session | undefined;
  return (roleArn, sessionName) => {
    const found = findRole(state.world, roleArn);
    if (found === undefined) {
      return undefined;
    }
    const fresh = session?.role === found.role && session.expiresAt - state.clock.now() > renewBefore;
    if (!fresh) {
      session = issueRoleSession(state, found, { kind, sessionName, seconds: sessionSeconds });
    }
    return session;
  };
}
