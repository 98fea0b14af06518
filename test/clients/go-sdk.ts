import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTool, needs, run, type Tool } from '../../scripts/tools/tool.js';
import type { Uses } from './clients.js';

const goSource = join(import.meta.dirname, 'go-client');

/** Built once for every version of its source; the first time, its modules come from the Go module proxy. */
const goClient: Tool = {
  name: 'go-client',
  version: fingerprint(...['main.go', 'go.mod', 'go.sum'].map((name) => readFileSync(join(goSource, name), 'utf8'))),
  program: 'client',
  obstacle: () => needs('go', 'version'),
  async install(folder) {
    await run('go', ['build', '-C', goSource, '-o', join(folder, 'client'), '.'], { cwd: goSource });
  },
};

/** The client of the AWS SDK for Go; prints one line if it cannot be built. */
export async function goSdk(): Promise<Uses | undefined> {
  const found = await findTool(goClient);
  if ('missing' in found) {
    console.log(`skipped: the client in Go could not be built (${found.missing})`);
    return undefined;
  }
  const { path: command } = found;
  return {
    identity: { command, args: [] },
    store: (bucket, key) => ({ command, args: ['store', bucket, key] }),
    answers: { command, args: ['describe'], stays: false },
  };
}

function fingerprint(...texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 16);
}
