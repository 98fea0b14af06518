import { writeFileSync } from 'node:fs';
import { readCache, readPlan } from './disk/step-files/refresh-reader.js';
import { readEntryArguments } from './domain/refresh/entry-arguments.js';
import { startEnvironment } from './domain/refresh/plan.js';
import { environmentCredentials, type ProcessCredentials } from './domain/refresh/process-credentials.js';
import { servedFromCache } from './domain/refresh/session-cache.js';
import { endSoon } from './process/end-process.js';
import { startAgain } from './process/start-again.js';

/** Secrets of a renewal, to remove from its explanation. */
const secrets: string[] = [];

/** Whether nothing was written to stderr, so that the end does not wait for it: Node would have to load its module. */
let isSilent = true;

run();

/** Answers one call of a tool. A function, because CommonJS has no top-level `await`. */
async function run(): Promise<void> {
  try {
    const request = readEntryArguments(process.argv.slice(2));
    const credentials =
      request.kind === 'environment' ? environmentCredentials(process.env) : await fromPlan(request.path);
    // process.stdout would load Node's streams and sockets for one line.
    writeFileSync(1, `${JSON.stringify(credentials)}\n`);
  } catch (error) {
    isSilent = false;
    const { renewalFailureText } = await import('./steps/renewal/renewal-failure.js');
    process.stderr.write(`${await renewalFailureText(error, { ...process.env }, secrets)}\n`);
    process.exitCode = 1;
  } finally {
    endSoon(isSilent ? undefined : process.stderr);
  }
}

/** Returns the credentials of a plan: those in its cache, else those of a renewal, which loads the AWS SDK. */
async function fromPlan(path: string): Promise<ProcessCredentials> {
  const plan = readPlan(path, process.env.SUDO_UID);
  const served = servedFromCache(readCache(path, process.env.SUDO_UID), plan.id, Date.now());
  if (served !== undefined) {
    debugCache(served);
    return served;
  }
  isSilent = false;
  const start = startEnvironment(plan, process.env);
  if (start !== undefined) {
    await startAgain(start);
  }
  return (await import('./steps/renewal/renew-session.js')).renewSession(plan, path, {
    environment: { ...process.env },
    secrets,
  });
}

function debugCache({ Expiration }: ProcessCredentials): void {
  if (process.env.RUNNER_DEBUG === '1') {
    isSilent = false;
    process.stderr.write(
      `assume-role: debug: the cached session is valid until ${new Date(Expiration ?? 0).toISOString()}\n`,
    );
  }
}
