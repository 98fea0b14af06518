import { checkMfa } from '../session/check-mfa.js';
import type { EmulatorState } from '../session/emulator-state.js';
import { combineTags, inheritedTags } from '../session/session-tags.js';
import { accessDenied, validationError } from '../wire/aws-error.js';
import type { XmlElement } from '../wire/query-xml.js';
import { parseRoleArn } from '../world/arn.js';
import { findRole } from '../world/find-principal.js';
import { actionsOf, authorize } from './authorize.js';
import { callContext } from './call-context.js';
import { checkRegion } from './check-region.js';
import { issueSession } from './issue-session.js';
import { type Call, signer } from './operation.js';
import { isChained, sessionSeconds } from './session-duration.js';
import { assumedRoleUserElement, closingElements, credentialsElement } from './session-elements.js';

/**
 * AssumeRole, with AWS's order of checks as observed;
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function assumeRole(state: EmulatorState, call: Call): readonly XmlElement[] {
  const { parameters } = call;
  const caller = signer(call);
  const roleArn = parameters.required('RoleArn');
  const sessionName = parameters.required('RoleSessionName');
  const target = parseRoleArn(roleArn);
  if (target === undefined) {
    throw validationError(`${roleArn} is invalid`);
  }
  const inherited = inheritedTags(caller.session?.tags);
  const tags = combineTags(parameters, inherited);
  if (caller.kind === 'root') {
    throw accessDenied('Roles may not be assumed by root accounts.');
  }
  checkRegion(state, target.accountId, call.region);
  const mfaAt = checkMfa(parameters, caller) ? state.clock.now() : undefined;
  const held = caller.session?.sourceIdentity;
  const sourceIdentity = parameters.text('SourceIdentity') ?? held;
  const found = findRole(state.world, roleArn);
  const to = { roleAccountId: target.accountId, role: found?.role };
  const externalId = parameters.text('ExternalId');
  const context = callContext(state, call, { ...to, sessionName, tags, sourceIdentity, mfaAt, externalId });
  authorize(state, { ...to, caller, roleArn, context }, actionsOf('sts:AssumeRole', sourceIdentity, tags.length));
  if (found === undefined) {
    throw accessDenied('Not authorized to perform sts:AssumeRole');
  }
  if (held !== undefined && sourceIdentity !== held) {
    throw validationError('The source identity is already set for this assume role session');
  }
  const chained = isChained(caller.session, state.world.ec2IsChained ?? false);
  const seconds = sessionSeconds(parameters.integer('DurationSeconds'), found.role, chained);
  const wanted = { kind: 'role', found, sessionName, seconds, tags, sourceIdentity } as const;
  const session = issueSession(state, parameters, wanted);
  return [assumedRoleUserElement(session), credentialsElement(session), ...closingElements(parameters, session)];
}
