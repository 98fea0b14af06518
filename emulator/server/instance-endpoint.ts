import { randomBytes } from 'node:crypto';
import type { EmulatorState } from '../session/emulator-state.js';
import type { Session } from '../session/sessions.js';
import { type Endpoint, type HttpReply, type HttpRequest, jsonReply, textReply } from '../wire/http-message.js';
import { isoSeconds } from '../wire/timestamps.js';
import { createMachineSession, keysOf } from './machine-session.js';

/** The beginning of all paths of the instance metadata service. */
export const metadataPath = '/latest/';

const tokenPath = `${metadataPath}api/token`;
const rolesPath = `${metadataPath}meta-data/iam/security-credentials/`;

/** The instance metadata service (IMDSv2 only) of the world's instance. */
export function createInstanceEndpoint(state: EmulatorState): Endpoint {
  const tokens = new Map<string, number>();
  const current = createMachineSession(state, 'ec2');
  return (request) => {
    const { instance } = state.world;
    if (instance === undefined || !request.path.startsWith(metadataPath)) {
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
  return jsonReply(200, { Code: 'Success', LastUpdated, Type: 'AWS-HMAC', ...keysOf(session) });
}
