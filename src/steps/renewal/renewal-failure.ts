import { hasIdToken } from '../../domain/base-identity/base-facts.js';
import { explain } from '../../domain/explain/explain.js';
import type { Environment } from '../../domain/input/environment.js';
import { logText } from '../../domain/rendering/harmless-text.js';
import { secretsOfEnvironment } from '../../domain/secrets/known-secrets.js';
import { createScrubber } from '../../domain/secrets/scrub.js';
import { machineSecrets } from '../machine/machine-secrets.js';

/**
 * Explains on stderr why a call for credentials failed; returns the text without secrets and workflow commands. The
 * tool prints it in the log of its step, where this process's secrets are not masked and the runner executes such
 * commands.
 */
export async function renewalFailureText(
  error: unknown,
  environment: Environment,
  secrets: readonly string[],
): Promise<string> {
  const scrub = scrubOf([...secrets, ...secretsOfEnvironment(environment), ...(await machineSecrets(environment))]);
  const { story } = explain(error, { hasIdToken: hasIdToken(environment), scrub });
  return logText(scrub(`assume-role: ${story}`));
}

/** Prepares the output of a library for stderr in the same way. */
export function strayText(text: string, secrets: readonly string[]): string {
  return logText(scrubOf(secrets)(text));
}

function scrubOf(secrets: readonly string[]): (text: string) => string {
  const scrubber = createScrubber();
  scrubber.add(secrets);
  return scrubber.scrub;
}
