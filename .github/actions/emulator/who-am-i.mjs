// Prints the ARN that GetCallerIdentity returns for a profile (the argument, else AWS_PROFILE) or for the keys in the
// environment. It needs only Node, because a later step of a job cannot load the packages of this repository.
import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const { env } = process;
const profile = process.argv[2] || env.AWS_PROFILE;
const endpoint = env.AWS_ENDPOINT_URL_STS || 'https://sts.us-east-1.amazonaws.com';
const answer = await getCallerIdentity(profile ? keysOfProfile(profile) : keysOfEnvironment());
console.log(answer);

function keysOfEnvironment() {
  return {
    accessKeyId: env.AWS_ACCESS_KEY_ID,
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    sessionToken: env.AWS_SESSION_TOKEN,
  };
}

function keysOfProfile(name) {
  const aws = join(env.HOME || homedir(), '.aws');
  const command = section(env.AWS_CONFIG_FILE || join(aws, 'config'), `profile ${name}`).credential_process;
  if (command !== undefined) {
    const [program, ...args] = command
      .match(/'[^']*'|"[^"]*"|\S+/g)
      .map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
    const printed = JSON.parse(execFileSync(program, args, { encoding: 'utf8' }));
    return {
      accessKeyId: printed.AccessKeyId,
      secretAccessKey: printed.SecretAccessKey,
      sessionToken: printed.SessionToken,
    };
  }
  const keys = section(env.AWS_SHARED_CREDENTIALS_FILE || join(aws, 'credentials'), name);
  return {
    accessKeyId: keys.aws_access_key_id,
    secretAccessKey: keys.aws_secret_access_key,
    sessionToken: keys.aws_session_token,
  };
}

function section(file, name) {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  const first = lines.indexOf(`[${name}]`);
  if (first === -1) {
    throw new Error(`${file} has no section [${name}]`);
  }
  const length = lines.slice(first + 1).findIndex((line) => line.startsWith('['));
  const own = lines.slice(first + 1, length === -1 ? undefined : first + 1 + length);
  return Object.fromEntries(
    own.flatMap((line) => [/^(\w+)\s*=\s*(.*)$/.exec(line)?.slice(1) ?? []]).filter(([key]) => key),
  );
}

async function getCallerIdentity({ accessKeyId, secretAccessKey, sessionToken }) {
  if (!accessKeyId || !secretAccessKey) {
    throw new Error('the environment has no AWS keys');
  }
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/us-east-1/sts/aws4_request`;
  const hash = (text) => createHash('sha256').update(text).digest('hex');
  const canonical = `POST\n/\n\nhost:${new URL(endpoint).host}\nx-amz-date:${time}\n\nhost;x-amz-date\n${hash(body)}`;
  const toSign = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash(canonical)}`;
  const signature = [...scope.split('/'), toSign].reduce(
    (key, text) => createHmac('sha256', key).update(text).digest(),
    `AWS4${secretAccessKey}`,
  );
  const credential = `Credential=${accessKeyId}/${scope}, SignedHeaders=host;x-amz-date`;
  const response = await fetch(endpoint, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-amz-date': time,
      authorization: `AWS4-HMAC-SHA256 ${credential}, Signature=${signature.toString('hex')}`,
      ...(sessionToken && { 'x-amz-security-token': sessionToken }),
    },
  });
  const text = await response.text();
  const arn = /<Arn>([^<]+)<\/Arn>/.exec(text)?.[1];
  if (arn === undefined) {
    throw new Error(`GetCallerIdentity was refused with HTTP ${response.status}: ${text}`);
  }
  return arn;
}
