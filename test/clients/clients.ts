import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll } from 'vitest';

/** A real AWS client: the commands that print its identity and use S3. */
export interface Client {
  readonly name: string;
  /** Prints the ARN of the client's identity. */
  readonly identity: Command;
  /** Writes an object whose content is its key, reads it back, and prints it. */
  readonly store: (bucket: string, key: string) => Command;
}

interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

type Uses = Omit<Client, 'name'>;

/** Every client that this machine has. Prints one line for each missing one. */
export function findClients(): readonly Client[] {
  const all: readonly (readonly [string, Uses | undefined])[] = [
    ['AWS CLI', awsCli()],
    ['boto3', boto3()],
    ['AWS SDK for JavaScript', javaScript()],
    ['AWS SDK for Go v2', goSdk()],
  ];
  return all.flatMap(([name, uses]) => {
    if (uses === undefined) {
      console.log(`${name} is not on this machine: left out.`);
      return [];
    }
    return [{ name, ...uses }];
  });
}

function awsCli(): Uses | undefined {
  const aws = find('aws');
  const script = 'printf %s "$2" | "$0" s3 cp - "s3://$1/$2" >&2 && "$0" s3 cp "s3://$1/$2" -';
  return works(aws, ['--version'])
    ? {
        identity: { command: aws, args: ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'] },
        store: (bucket, key) => ({ command: '/bin/sh', args: ['-c', script, aws, bucket, key] }),
      }
    : undefined;
}

function boto3(): Uses | undefined {
  const python = find('python3');
  const identity = 'import boto3; print(boto3.client("sts").get_caller_identity()["Arn"])';
  const store = `
import boto3, sys
bucket, key = sys.argv[1:]
s3 = boto3.client("s3")
s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
print(s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode())`;
  return works(python, ['-c', 'import boto3'])
    ? {
        identity: { command: python, args: ['-c', identity] },
        store: (bucket, key) => ({ command: python, args: ['-c', store, bucket, key] }),
      }
    : undefined;
}

function javaScript(): Uses {
  const load = (name: string) => `await import(${JSON.stringify(import.meta.resolve(name))})`;
  const identity = `
const { STSClient, GetCallerIdentityCommand } = ${load('@aws-sdk/client-sts')};
console.log((await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn);`;
  const store = `
const { S3Client, PutObjectCommand, GetObjectCommand } = ${load('@aws-sdk/client-s3')};
const [Bucket, Key] = process.argv.slice(1);
const s3 = new S3Client({});
await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
console.log(await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body.transformToString());`;
  const node = ['--no-warnings', '--input-type=module', '-e'];
  return {
    identity: { command: process.execPath, args: [...node, identity] },
    store: (bucket, key) => ({ command: process.execPath, args: [...node, store, bucket, key] }),
  };
}

/** Built once for all tests. The first build downloads its modules from the Go module proxy. */
export function goSdk(): Uses | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'go-client-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const command = join(folder, 'client');
  const source = join(import.meta.dirname, 'go-client');
  return works(find('go'), ['build', '-C', source, '-o', command, '.'])
    ? { identity: { command, args: [] }, store: (bucket, key) => ({ command, args: ['store', bucket, key] }) }
    : undefined;
}

/** The full path of a program, because a job's PATH is shorter than this machine's. */
export function find(program: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find(isExecutable) ?? '';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether a program runs and exits with 0. */
export function works(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return program !== '';
  } catch {
    return false;
  }
}
