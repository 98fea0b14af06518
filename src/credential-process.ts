import { writeFileSync } from 'node:fs';
import { readCache, readPlan } from './disk/refresh-reader.js';
import { servedFromCache } from './domain/refresh/plan.js';
import { environmentCredentials, type ProcessCredentials } from './domain/refresh/process-credentials.js';
import { endSoon } from './process/end-process.js';

/** What a renewal learned that its explanation must not show. */
const secrets: string[] = [];

run();

/** Answers one call of a tool. CommonJS has no `await` outside a function. */
async function run(): Promise<void> {
  try {
    const [flag = '', path = ''] = process.argv.slice(2);
    const credentials = flag === '--environment' ? environmentCredentials(process.env) : await fromPlan(path);
    // process.stdout would load Node's streams and sockets, for one line.
    writeFileSync(1, `${JSON.stringify(credentials)}\n`);
  } catch (error) {
    const { renewalFailureText } = await import('./steps/renewal-failure.js');
    process.stderr.write(`${await renewalFailureText(error, { ...process.env }, secrets)}\n`);
    process.exitCode = 1;
  } finally {
    endSoon();
  }
}

/** The cache answers without the AWS SDK; only a renewal loads it. */
async function fromPlan(path: string): Promise<ProcessCredentials> {
  const plan = readPlan(path);
  const served = servedFromCache(readCache(path), plan.id, Date.now());
  return (
    served ??
    (await import('./steps/renew-session.js')).renewSession(plan, path, { environment: { ...process.env }, secrets })
  );
}
