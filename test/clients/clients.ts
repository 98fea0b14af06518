import { dirname, join } from 'node:path';
import { awsCli2, debianModules } from '../../scripts/tools/aws-cli-2.js';
import { serverless3 } from '../../scripts/tools/npm-tools.js';
import { findTool } from '../../scripts/tools/tool.js';
import { goSdk } from './go-sdk.js';
import { find, outputOf, programs, whoAmI, works } from './programs.js';

/** A real AWS client: the commands that print its identity and use S3. */
export interface Client {
  readonly name: string;
  /** Prints the ARN of the client's identity. */
  readonly identity: Command;
  /** Writes an object whose content is its key, reads it back, and prints it. */
  readonly store: (bucket: string, key: string) => Command;
  /** A program of test/clients/asking that answers for it without a new process each time. */
  readonly answers?: Asking;
}

/** A client that has no commands of its own. */
export type Reader = Pick<Client, 'name'> & { readonly answers: Asking };

/** A program and its arguments. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** A program for many questions, or a command for each question. */
export interface Asking extends Command {
  readonly stays: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A client without its name. */
export type Uses = Omit<Client, 'name'>;

const asking = (name: string) => join(import.meta.dirname, 'asking', name);
const stays = (command: string, ...args: readonly string[]): Asking => ({ command, args, stays: true });

/** Every client that this machine has. Prints one line for each missing one. */
export async function findClients(): Promise<readonly Client[]> {
  const all: readonly (readonly [string, Uses | undefined])[] = [
    ['AWS CLI', awsCli()],
    ['AWS CLI 2', await secondAwsCli()],
    ['boto3', boto3()],
    ['AWS SDK for JavaScript', javaScript()],
    ['AWS SDK for Go v2', await goSdk()],
  ];
  return all.flatMap(([name, uses]) => {
    if (uses === undefined) {
      console.log(`skipped: ${name} is not installed`);
      return [];
    }
    return [{ name, ...uses }];
  });
}

/** Clients from before SDKs supported `credential_process`. Prints one line if they cannot be installed. */
export async function findOldReaders(): Promise<readonly Reader[]> {
  const found = await findTool(serverless3);
  if ('missing' in found) {
    console.log(`skipped: Serverless 3 could not be installed (${found.missing})`);
    return [];
  }
  const node = (client: string) => stays(process.execPath, '--no-warnings', asking('ask.mjs'), client, found.path);
  return [
    { name: 'AWS SDK for JavaScript 2', answers: node('sdk2') },
    { name: 'Serverless 3', answers: node('serverless3') },
  ];
}

function awsCli(): Uses | undefined {
  const aws = programs('aws').find((program) => /^aws-cli\/1\./.test(outputOf(program, '--version')));
  if (aws === undefined) {
    return undefined;
  }
  const [, version] = /^aws-cli\/(\S+)/.exec(outputOf(aws, '--version')) ?? [];
  const python = find('python3');
  const isOfPython = outputOf(python, '-c', 'import awscli; print(awscli.__version__)').trim() === version;
  const uses = { identity: { command: aws, args: whoAmI }, store: storeOf(aws, '') };
  return { ...uses, ...(isOfPython && { answers: stays(python, asking('ask.py'), 'cli') }) };
}

/** Version 2 of this machine, or Debian's. Versions before 2.13 ignore the endpoint variables. */
async function secondAwsCli(): Promise<Uses | undefined> {
  const installed = programs('aws').find((program) => /^aws-cli\/2\./.test(outputOf(program, '--version')));
  if (installed !== undefined) {
    return { identity: { command: installed, args: whoAmI }, store: storeOf(installed, '') };
  }
  const found = await findTool(awsCli2);
  if ('missing' in found) {
    console.log(`skipped: AWS CLI 2 could not be installed (${found.missing})`);
    return undefined;
  }
  const [python, program] = ['/usr/bin/python3', asking('ask.py')];
  const PYTHONPATH = join(dirname(dirname(found.path)), debianModules);
  const script = `PYTHONPATH="$0" exec ${python} "$1" cli once`;
  return {
    identity: { command: '/bin/sh', args: ['-c', script, PYTHONPATH, program] },
    store: storeOf(found.path, '--endpoint-url "$' + '{AWS_ENDPOINT_URL_S3:-$AWS_ENDPOINT_URL}"'),
    answers: { ...stays(python, program, 'cli'), environment: { PYTHONPATH } },
  };
}

function storeOf(aws: string, options: string): Client['store'] {
  const script = `printf %s "$2" | "$0" ${options} s3 cp - "s3://$1/$2" >&2 && "$0" ${options} s3 cp "s3://$1/$2" -`;
  return (bucket, key) => ({ command: '/bin/sh', args: ['-c', script, aws, bucket, key] });
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
        answers: stays(python, asking('ask.py'), 'boto3'),
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
    answers: stays(
      process.execPath,
      '--no-warnings',
      asking('ask.mjs'),
      'sdk3',
      import.meta.resolve('@aws-sdk/client-sts'),
    ),
  };
}
