import {
  AssumeRoleCommand,
  type AssumeRoleCommandOutput,
  AssumeRoleWithSAMLCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  type STSClient,
  type Credentials as StsCredentials,
} from '@aws-sdk/client-sts';
import { CallFailed } from '../domain/calls/call-failure.js';
import type { AssumedRole } from '../domain/chain/assumed-role.js';
import type { Hop } from '../domain/chain/hop.js';
import {
  callerOf,
  incompleteAnswer,
  sessionIdentity,
  type WrongAnswer,
  wrongSession,
} from '../domain/chain/session-answer.js';
import type { IdentityArn, RoleArn } from '../domain/identifiers/arn.js';
import { type Credentials, secretsOf } from '../domain/identifiers/credentials.js';
import type { Tag } from '../domain/session-limits/tags.js';
import type { Sts, StsAnswer } from './sts.js';

/** What one attempt at a hop needs; `attempt` counts from 1. */
export interface Attempt {
  readonly hop: Hop;
  readonly role: RoleArn;
  readonly durationSeconds: number;
  readonly tags: readonly Tag[];
  readonly droppedTags: readonly string[];
  readonly signer: { readonly credentials: Credentials } | { readonly token: string; readonly providerArn?: string };
  readonly mask: (secrets: readonly string[]) => void;
  readonly signal: AbortSignal;
  readonly attempt: number;
}

/**
 * Makes one attempt at a hop; rejects with CallFailed.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export async function assume(sts: Sts, attempt: Attempt): Promise<AssumedRole> {
  const { hop, signal } = attempt;
  const answer = await sts.send<AssumeRoleCommandOutput>({
    operation: hop.operation,
    run: (client, options) => call(client, attempt, options),
    ...('credentials' in attempt.signer && { credentials: attempt.signer.credentials }),
    signal,
    attempt: attempt.attempt,
  });
  return readSession(answer, attempt, sts.isAws);
}

/** Calls GetCallerIdentity, which needs no permission, and returns the identity; rejects with CallFailed. */
export async function callerIdentity(
  sts: Sts,
  { credentials, signal, attempt }: { credentials: Credentials; signal: AbortSignal; attempt: number },
): Promise<IdentityArn> {
  const operation = 'GetCallerIdentity';
  const { output } = await sts.send({
    operation,
    run: (client, options) => client.send(new GetCallerIdentityCommand({}), options),
    credentials,
    signal,
    attempt,
  });
  const caller = callerOf({ arn: output.Arn, account: output.Account }, sts.isAws);
  if ('code' in caller) {
    throw new CallFailed({ ...caller, operation, attempts: attempt });
  }
  return caller;
}

function commonInput({ hop, role, durationSeconds }: Attempt) {
  return {
    RoleArn: role.arn,
    DurationSeconds: durationSeconds,
    ...(hop.policy !== undefined && { Policy: hop.policy }),
    ...(hop.policyArns.length > 0 && { PolicyArns: hop.policyArns.map((arn) => ({ arn })) }),
  };
}

function signedInput(attempt: Attempt) {
  const { hop, tags } = attempt;
  const transitive = hop.transitiveTagKeys.filter((key) =>
    tags.some((tag) => tag.key.toLowerCase() === key.toLowerCase()),
  );
  return {
    ...commonInput(attempt),
    RoleSessionName: hop.roleSessionName,
    ...(hop.externalId !== undefined && { ExternalId: hop.externalId }),
    ...(hop.sourceIdentity !== undefined && { SourceIdentity: hop.sourceIdentity }),
    ...(tags.length > 0 && { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
    ...(transitive.length > 0 && { TransitiveTagKeys: transitive }),
  };
}

function call(
  client: STSClient,
  attempt: Attempt,
  options: { abortSignal: AbortSignal },
): Promise<AssumeRoleCommandOutput> {
  const { hop, signer } = attempt;
  if ('credentials' in signer) {
    return client.send(new AssumeRoleCommand(signedInput(attempt)), options);
  }
  if (hop.operation === 'AssumeRoleWithSAML') {
    const input = { ...commonInput(attempt), PrincipalArn: signer.providerArn, SAMLAssertion: signer.token };
    return client.send(new AssumeRoleWithSAMLCommand(input), options);
  }
  const input = { ...commonInput(attempt), RoleSessionName: hop.roleSessionName, WebIdentityToken: signer.token };
  return client.send(new AssumeRoleWithWebIdentityCommand(input), options);
}

/** Reads the session in an answer; masks its secrets before it validates them. Throws CallFailed. */
function readSession(
  { output, date }: StsAnswer<AssumeRoleCommandOutput>,
  attempt: Attempt,
  isAws: boolean,
): AssumedRole {
  const { hop, role, droppedTags, durationSeconds } = attempt;
  const refuse = (wrong: WrongAnswer) =>
    new CallFailed({ ...wrong, operation: hop.operation, attempts: attempt.attempt });
  const credentials = readCredentials(output.Credentials);
  if (credentials === undefined) {
    throw refuse(incompleteAnswer);
  }
  attempt.mask(secretsOf(credentials));
  const arn = output.AssumedRoleUser?.Arn;
  const wrong = wrongSession({ arn, credentials, isAws, ...(date !== undefined && { date }) }, role);
  if (wrong !== undefined) {
    throw refuse(wrong);
  }
  const secondsLeft = Math.round((credentials.expiration.getTime() - (date ?? new Date()).getTime()) / 1000);
  return {
    hop,
    role,
    identity: sessionIdentity(arn, role, hop.roleSessionName),
    credentials,
    durationSeconds:
      hop.operation === 'AssumeRoleWithSAML' ? secondsGot(durationSeconds, secondsLeft) : durationSeconds,
    secondsLeft,
    ...readTokenSize(output),
    droppedTags,
  };
}

/** Reads the size of the session token. STS of before September 2026, or not AWS's, has only `PackedPolicySize`. */
function readTokenSize({
  SessionTokenUtilization,
  PackedPolicySize,
  SessionTokenSize,
}: AssumeRoleCommandOutput): Pick<AssumedRole, 'tokenSize'> {
  const utilization = [SessionTokenUtilization, PackedPolicySize].find(isCount);
  if (utilization === undefined) {
    return {};
  }
  return { tokenSize: { utilization, ...(isCount(SessionTokenSize) && { bytes: SessionTokenSize }) } };
}

/** Whether a number is usable: the SDK returns NaN for an invalid one. */
function isCount(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** A difference of up to this many seconds counts as clock skew, as in AWS's check of signatures. */
const clockTolerance = 300;

/**
 * Returns the duration of a SAML session in seconds: the requested one, or less if the assertion's SessionNotOnOrAfter
 * ends the session earlier, which STS does not report.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
 */
function secondsGot(asked: number, left: number): number {
  return left < asked - clockTolerance ? left : asked;
}

function readCredentials(given: StsCredentials | undefined): AssumedRole['credentials'] | undefined {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  return AccessKeyId && SecretAccessKey && SessionToken && Expiration
    ? { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, expiration: Expiration }
    : undefined;
}
