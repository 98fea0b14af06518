import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';
import type { Asking, Client, Command, Reader } from '../clients.js';

type Variables = Readonly<Record<string, string>>;

/** A client's identity (an ARN or `error`) and Region (a Region, `none` or `error`). */
interface Answer {
  readonly who: string;
  readonly region: string;
}

/** Asks a client with the variables of a job. */
type Ask = (client: Pick<Reader, 'answers'> | Client, env: Variables) => Promise<Answer>;

const noIdentity: Answer = { who: 'error', region: 'error' };
const execute = promisify(execFile);

/** Starts the program of a client at its first question, and ends all programs after the tests of the file. */
export function openAsking(): Ask {
  const started = new Map<Asking, (env: Variables) => Promise<Answer>>();
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) {
      child.stdin?.end();
      child.kill();
    }
  });
  return (client, env) => {
    const { answers } = client;
    if (answers === undefined) {
      return askIdentity((client as Client).identity, env);
    }
    if (!answers.stays) {
      return askOnce(answers, env);
    }
    const ask = started.get(answers) ?? startAsking(answers, children);
    started.set(answers, ask);
    return ask(env);
  };
}

async function askOnce({ command, args }: Asking, env: Variables): Promise<Answer> {
  const answer = await execute(command, args, { env, timeout: 60_000 }).catch(() => undefined);
  return answer === undefined ? noIdentity : (JSON.parse(answer.stdout) as Answer);
}

/** A client without such a program prints its identity, but not its Region. */
async function askIdentity({ command, args }: Command, env: Variables): Promise<Answer> {
  const answer = await execute(command, args, { env, timeout: 60_000 }).catch(() => undefined);
  return { who: answer?.stdout.trim() ?? 'error', region: 'unknown' };
}

function startAsking({ command, args, environment }: Asking, children: ChildProcess[]) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const open = new Map<number, (answer: Answer) => void>();
  createInterface(child.stdout).on('line', (line) => {
    const { id, who, region } = JSON.parse(line) as Answer & { readonly id: number };
    open.get(id)?.({ who, region });
    open.delete(id);
  });
  child.once('exit', () => {
    for (const give of open.values()) {
      give(noIdentity);
    }
  });
  let last = 0;
  return (variables: Variables): Promise<Answer> =>
    new Promise((give) => {
      last += 1;
      open.set(last, give);
      child.stdin.write(`${JSON.stringify({ id: last, env: variables })}\n`);
    });
}
