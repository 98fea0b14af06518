import {
  AssumeRoleCommand,
  type AssumeRoleCommandOutput,
  AssumeRoleWithSAMLCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  type STSClient,
} from '@aws-sdk/client-sts';
import { CallFailed } from '../domain/chain/call-failure.js';
import type { Hop } from '../domain/chain/hop.js';
import type { AssumedRole } from '../domain/chain/outcome.js';
import { type IdentityArn, parseIdentityArn, type RoleArn } from '../domain/iam/arn.js';
import type { Credentials } from '../domain/iam/credentials.js';
import type { Tag } from '../domain/iam/tags.js';
import type { Sts } from './sts.js';

/** Everything one attempt at a hop needs. */
export interface Attempt {
  readonly hop: Hop;
  readonly role: RoleArn;
  readonly durationSeconds: number;
  readonly tags: readonly Tag[];
  readonly droppedTags: readonly string[];
  readonly signer: { readonly credentials: Credentials } | { readonly token: string; readonly providerArn?: string };
  readonly signal: AbortSignal;
  readonly attempt: number;
}

/** Makes one hop, once; rejects with CallFailed. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export async function assume(sts: Sts, attempt: Attempt): Promise<AssumedRole> {
  const { hop, signal } = attempt;
  const output = await sts.send<AssumeRoleCommandOutput>({
    operation: hop.operation,
    run: (client, options) => call(client, attempt, options),
    ...('credentials' in attempt.signer && { credentials: attempt.signer.credentials }),
    signal,
    attempt: attempt.attempt,
  });
  return readSession(output, attempt);
}

/** Asks whose credentials these are; AWS needs no permission for it. */
export async function callerIdentity(
  sts: Sts,
  { credentials, signal, attempt }: { credentials: Credentials; signal: AbortSignal; attempt: number },
): Promise<IdentityArn> {
  const operation = 'GetCallerIdentity';
  const output = await sts.send({
    operation,
    run: (client, options) => client.send(new GetCallerIdentityCommand({}), options),
    credentials,
    signal,
    attempt,
  });
  if (!output.Arn || !output.Account) {
    throw incomplete(operation, attempt);
  }
  return { ...parseIdentityArn(output.Arn), accountId: output.Account };
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

function readSession(
  output: AssumeRoleCommandOutput,
  { hop, role, durationSeconds, droppedTags, attempt }: Attempt,
): AssumedRole {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = output.Credentials ?? {};
  const arn = output.AssumedRoleUser?.Arn;
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration || !arn) {
    throw incomplete(hop.operation, attempt);
  }
  return {
    hop,
    role,
    identity: parseIdentityArn(arn),
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    },
    durationSeconds: hop.operation === 'AssumeRoleWithSAML' ? secondsGot(durationSeconds, Expiration) : durationSeconds,
    ...(output.PackedPolicySize !== undefined && { packedPolicySize: output.PackedPolicySize }),
    droppedTags,
  };
}

/** Seconds by which clocks may differ before AWS refuses a signature. */
const clockTolerance = 300;

/**
 * An assertion's SessionNotOnOrAfter ends a session earlier than asked for, without a word.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
 */
function secondsGot(asked: number, expiration: Date): number {
  const left = Math.round((expiration.getTime() - Date.now()) / 1000);
  return left < asked - clockTolerance ? left : asked;
}

function incomplete(operation: string, attempts: number): CallFailed {
  return new CallFailed({
    operation,
    attempts,
    code: 'IncompleteAnswer',
    message: 'the answer holds no complete credentials',
  });
}
