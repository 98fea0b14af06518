import { writeFileSync } from 'node:fs';
import { readCache, readPlan } from './disk/refresh-reader.js';
import { servedFromCache } from './domain/refresh/plan.js';
import { environmentCredentials, type ProcessCredentials } from './domain/refresh/process-credentials.js';
import { endSoon } from './process/end-process.js';

run();

/** Answers one call of a tool. CommonJS has no `await` outside a function. */
async function run(): Promise<void> {
  try {
    const [flag = '', path = ''] = process.argv.slice(2);
    const credentials = flag === '--environment' ? environmentCredentials(process.env) : await fromPlan(path);
    // process.stdout would load Node's streams and sockets, for one line.
    writeFileSync(1, `${JSON.stringify(credentials)}\n`);
  } catch (error) {
    const { hasIdToken } = await import('./domain/base/base-facts.js');
    const { explain } = await import('./domain/explain/explain.js');
    process.stderr.write(`assume-role: ${explain(error, { hasIdToken: hasIdToken(process.env) }).story}\n`);
    process.exitCode = 1;
  } finally {
    endSoon();
  }
}

/** The cache answers without the AWS SDK; only a renewal loads it. */
async function fromPlan(path: string): Promise<ProcessCredentials> {
  const plan = readPlan(path);
  const served = servedFromCache(readCache(path), plan.id, Date.now());
  return served ?? (await import('./steps/renew-session.js')).renewSession(plan, path, { ...process.env });
}
