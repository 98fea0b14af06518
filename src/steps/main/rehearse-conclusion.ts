import type { AssumedRole } from '../../domain/chain/assumed-role.js';
import type { Hop } from '../../domain/chain/hop.js';
import { hopLine } from '../../domain/chain/log-lines.js';
import type { ReachedTarget } from '../../domain/chain/outcome.js';
import type { Target } from '../../domain/chain/target.js';
import { ownIdentityLine } from '../../domain/handover/own-identity.js';
import { isRoleArn, type RoleArn } from '../../domain/identifiers/arn.js';
import type { Environment } from '../../domain/input/environment.js';
import { logText, visibleText } from '../../domain/rendering/harmless-text.js';
import type { Request } from '../../domain/request/request.js';
import { reachedSummary } from '../../domain/summary/reached-summary.js';
import { sealState } from '../../domain/undo/sealed-state.js';
import { exportedVariables } from '../../domain/undo/undo-variables.js';
import { prepareHandover } from '../handover/prepare-handover.js';

/**
 * Runs the functions that follow the walk with a placeholder session, and drops the results: V8 compiles a function at
 * its first call, and here the step waits for AWS anyway. Writes and exports nothing.
 */
export function rehearseConclusion(request: Request, environment: Environment): void {
  const [target] = request.targets;
  const hop = target.hops.at(-1);
  if (hop === undefined || !isRoleArn(hop.role)) {
    return;
  }
  const reached = placeholder(target, hop, hop.role);
  const { sessions, identity } = reached;
  logText(hopLine(sessions[0] as AssumedRole, { index: 0, targets: [target], caller: identity, base: target.base }));
  ownIdentityLine(request.handover, reached);
  const only = { ...request, targets: [target] as const };
  prepareHandover({ request: only, reached: [reached], environment, step: '', canWriteEnvironmentProfile: true });
  sealState({ step: '', variables: exportedVariables({ AWS_REGION: '' }, environment), files: [] }, [''], undefined);
  visibleText(reachedSummary([reached], request));
}

function placeholder(target: Target, hop: Hop, role: RoleArn): ReachedTarget {
  const { arn, partition, accountId, name } = role;
  const { roleSessionName } = hop;
  const identity = { arn, partition, accountId, kind: 'assumed-role', name, roleSessionName } as const;
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x', sessionToken: 'x', expiration: new Date() };
  const session = { hop, role, identity, credentials, durationSeconds: 3600, secondsLeft: 3600, droppedTags: [] };
  return { target, sessions: [session], identity, credentials, isKept: false };
}
