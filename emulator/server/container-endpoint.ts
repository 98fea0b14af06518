import { randomBytes } from 'node:crypto';
import type { EmulatorState } from '../session/emulator-state.js';
import { type Endpoint, jsonReply } from '../wire/http-message.js';
import { createMachineSession, keysOf } from './machine-session.js';

/** The path of the container's credentials. */
export const containerPath = '/v1/credentials';

/** The credentials endpoint of the world's container, like that of ECS and EKS Pod Identity. */
export function createContainerEndpoint(state: EmulatorState, authorizationToken: string): Endpoint {
  const taskId = randomBytes(16).toString('hex');
  const current = createMachineSession(state, 'ecs');
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
    return jsonReply(200, { RoleArn: container.role, ...keysOf(session), AccountId: session.accountId });
  };
}
