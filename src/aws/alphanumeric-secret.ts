import { setTimeout as sleep } from 'node:timers/promises';
import { CallFailed } from '../domain/calls/call-failure.js';
import type { Credentials } from '../domain/identifiers/credentials.js';

/** Number of attempts without a pause; about one secret in four has only letters and digits. */
const quickTries = 12;

/** Pause in milliseconds before each further attempt. */
const pauseMs = 250;

/**
 * Creates sessions until one has a secret access key of only letters and digits; rejects with CallFailed if `make`
 * does, or the signal fires first.
 */
export async function untilAlphanumeric<Session extends { readonly credentials: Credentials }>(
  make: () => Promise<Session>,
  signal: AbortSignal,
): Promise<Session> {
  for (let made = 0; ; made += 1) {
    if (made >= quickTries) {
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
    try {
      const session = await make();
      if (/^[A-Za-z0-9]+$/.test(session.credentials.secretAccessKey)) {
        return session;
      }
    } catch (error) {
      throw signal.aborted && made > 0 && error instanceof CallFailed ? neverAlphanumeric(error, made) : error;
    }
  }
}

function neverAlphanumeric({ failure: { operation } }: CallFailed, made: number): CallFailed {
  const message = `until the deadline of the step, each of ${made} secret access keys contained characters other than letters and digits`;
  return new CallFailed({ operation, code: 'NoPlainSecret', message, attempts: made });
}
