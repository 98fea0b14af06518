import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { moto as tool } from '../../scripts/tools/pip-tools.js';
import { findTool } from '../../scripts/tools/tool.js';
import { find, works } from './programs.js';

/** A running moto. */
export interface Moto {
  readonly url: string;
  readonly close: () => void;
}

const python = find('python3');

/** Starts moto on a free port; undefined, after printing the reason, when it cannot be installed. */
export async function startMoto(): Promise<Moto | undefined> {
  const environment = await pythonWithMoto();
  if (environment === undefined) {
    return undefined;
  }
  const child = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8');
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(stderr) ?? [];
      if (found !== undefined) {
        resolve(found);
      }
    });
    child.on('exit', () => reject(new Error(`moto ended: ${stderr}`)));
  });
  return { url, close: () => void child.kill() };
}

async function pythonWithMoto(): Promise<Readonly<Record<string, string>> | undefined> {
  if (works(python, ['-c', 'import moto.server, flask'])) {
    return {};
  }
  const found = await findTool(tool);
  if ('path' in found) {
    return { PYTHONPATH: dirname(dirname(found.path)) };
  }
  console.log(`skipped: moto could not be installed (${found.missing})`);
  return undefined;
}
