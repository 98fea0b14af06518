import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll } from 'vitest';

/** A real AWS client, as a command that prints the ARN it becomes. */
export interface Client {
  readonly name: string;
  readonly command: Command;
}

interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

const boto3Script = 'import boto3; print(boto3.client("sts").get_caller_identity()["Arn"])';
const sdkScript = `
const { STSClient, GetCallerIdentityCommand } = await import(${JSON.stringify(import.meta.resolve('@aws-sdk/client-sts'))});
console.log((await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn);`;

/** Every client of this machine; those that are missing are said, one line each. */
export function findClients(): readonly Client[] {
  const all: readonly (readonly [string, Command | undefined])[] = [
    ['AWS CLI', awsCli()],
    ['boto3', boto3()],
    ['AWS SDK for JavaScript', javaScript()],
    ['AWS SDK for Go v2', goSdk()],
  ];
  return all.flatMap(([name, command]) => {
    if (command === undefined) {
      console.log(`${name} is not on this machine: left out.`);
      return [];
    }
    return [{ name, command }];
  });
}

function awsCli(): Command | undefined {
  const command = find('aws');
  const args = ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'];
  return works(command, ['--version']) ? { command, args } : undefined;
}

function boto3(): Command | undefined {
  const command = find('python3');
  return works(command, ['-c', 'import boto3']) ? { command, args: ['-c', boto3Script] } : undefined;
}

function javaScript(): Command {
  return { command: process.execPath, args: ['--no-warnings', '--input-type=module', '-e', sdkScript] };
}

/** Built once for all tests; the first time, its modules come from the Go module proxy. */
export function goSdk(): Command | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'go-identity-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const command = join(folder, 'identity');
  const source = join(import.meta.dirname, 'go-identity');
  return works(find('go'), ['build', '-C', source, '-o', command, '.']) ? { command, args: [] } : undefined;
}

/** The full path of a program: a job's own PATH is shorter than this machine's. */
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

/** Whether a program runs and ends well. */
export function works(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return program !== '';
  } catch {
    return false;
  }
}
