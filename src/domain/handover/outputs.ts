import type { AssumedRole } from '../chain/assumed-role.js';
import type { ReachedTarget } from '../chain/outcome.js';
import type { IdentityArn } from '../identifiers/arn.js';
import { timeText } from '../identifiers/timestamp.js';
import { isNonEmpty } from '../input/non-empty.js';
import type { HandoverSources } from './handover-sources.js';

/** The outputs of the step: the current identity and every named target; keys only if requested. */
export function outputsOf(
  current: ReachedTarget | undefined,
  { request, reached }: HandoverSources,
): Record<string, string> {
  const targets = reached.filter(({ target }) => target.name !== undefined);
  return {
    ...(current && identityOutputs(current)),
    ...(current && request.handover.outputs && keyOutputs(current)),
    ...(isNonEmpty(targets) && {
      targets: JSON.stringify(Object.fromEntries(targets.map((one) => [one.target.name, targetOutput(one)]))),
    }),
  };
}

function identityOutputs({ identity, credentials, sessions }: ReachedTarget): Record<string, string> {
  const hops = sessions.map((session) => ({
    roleArn: session.role.arn,
    ...knownIdentity(session.identity),
    expiration: timeText(session.credentials.expiration),
    ...tokenOutput(session),
  }));
  return {
    ...(identity.accountId && { 'aws-account-id': identity.accountId }),
    ...(identity.arn && { 'authenticated-arn': identity.arn }),
    ...(credentials.expiration && { 'aws-expiration': timeText(credentials.expiration) }),
    'role-chain': JSON.stringify(hops),
  };
}

/** The size of a session token as outputs; `packedPolicySize` is the older name of the same percentage. */
function tokenOutput({ tokenSize }: AssumedRole): object {
  if (tokenSize === undefined) {
    return {};
  }
  const { utilization, bytes } = tokenSize;
  return {
    packedPolicySize: utilization,
    sessionTokenUtilization: utilization,
    ...(bytes !== undefined && { sessionTokenSize: bytes }),
  };
}

function keyOutputs({
  credentials: { accessKeyId, secretAccessKey, sessionToken },
}: ReachedTarget): Record<string, string> {
  return {
    'aws-access-key-id': accessKeyId,
    'aws-secret-access-key': secretAccessKey,
    ...(sessionToken !== undefined && { 'aws-session-token': sessionToken }),
  };
}

function targetOutput({ identity, credentials }: ReachedTarget): object {
  const { expiration } = credentials;
  return { ...knownIdentity(identity), ...(expiration && { expiration: timeText(expiration) }) };
}

/** The ARN and account of an identity, as far as known: a non-AWS STS may omit the ARN and have no accounts. */
function knownIdentity({ arn, accountId }: IdentityArn): { readonly arn?: string; readonly accountId?: string } {
  return { ...(arn && { arn }), ...(accountId && { accountId }) };
}
