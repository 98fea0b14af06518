import type { Hop } from '../domain/chain/hop.js';
import { isRoleArn, type RoleArn } from '../domain/identifiers/arn.js';
import type { Credentials } from '../domain/identifiers/credentials.js';
import { timeText } from '../domain/identifiers/timestamp.js';
import type { Sts } from './sts.js';
import { assume } from './sts-calls.js';

/*
 * The SDK needs ten milliseconds to initialize at the first call of a kind, and V8 compiles each function at its
 * first call. A rehearsal does both while the step waits for an answer: it makes a call that is never sent.
 */

const placeholder: Credentials = {
  accessKeyId: 'ASIA'.padEnd(20, 'X'),
  secretAccessKey: 'x'.repeat(40),
  sessionToken: 'x'.repeat(40),
};

/**
 * Rehearses a hop: signs a request with placeholder credentials, sends nothing, and reads a placeholder answer once
 * `mayRead` resolves. Does nothing for a role without an account; never rejects.
 */
export async function rehearseHop(sts: Sts, hop: Hop, mayRead: Promise<void>): Promise<void> {
  if (!isRoleArn(hop.role)) {
    return;
  }
  const { role, operation } = hop;
  const rehearsed = mayRead.then(() => answerFor(role, hop));
  const call = {
    hop,
    role,
    durationSeconds: 3600,
    tags: hop.tags,
    droppedTags: [],
    signer: operation === 'AssumeRole' ? { credentials: placeholder } : { token: 'x' },
    mask: () => undefined,
    signal: new AbortController().signal,
    attempt: 1,
  };
  await assume({ ...sts, send: (one) => sts.send({ ...one, rehearsed }) }, call).catch(() => undefined);
}

function answerFor({ partition, accountId, name }: RoleArn, { operation, roleSessionName }: Hop): string {
  const arn = `arn:${partition}:sts::${accountId}:assumed-role/${name}/${roleSessionName}`;
  const { accessKeyId, secretAccessKey, sessionToken } = placeholder;
  const credentials = `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${timeText(new Date())}</Expiration>`;
  const user = `<AssumedRoleId>AROA:x</AssumedRoleId><Arn>${arn}</Arn>`;
  const result = `<Credentials>${credentials}</Credentials><AssumedRoleUser>${user}</AssumedRoleUser>`;
  return `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`;
}
