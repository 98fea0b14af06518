import type { RetryRules } from '../calls/retry-rules.js';
import type { Place } from '../input/place.js';
import { parseInteger } from '../input/scalar.js';

const defaultAttempts = 6;

/** Reads the retry rules. Errors that a new role causes are retried only if `retry-max-attempts` is given. */
export function readRetry(
  { attempts: text, isDisabled }: { readonly attempts: string; readonly isDisabled: boolean },
  warn: (text: string) => void,
  place: Place,
): RetryRules {
  const given = parseInteger(text, { minimum: 0, maximum: 100 }, place);
  const attempts = given === 0 ? undefined : given;
  if (given === 0) {
    warn(
      'retry-max-attempts: 0 counts as not given, as in configure-aws-credentials; disable-retry: true tries each call once.',
    );
  }
  if (isDisabled) {
    if (attempts !== undefined) {
      warn('retry-max-attempts has no effect, because disable-retry is true.');
    }
    return { attempts: 1, includesFreshRoles: false };
  }
  return { attempts: attempts ?? defaultAttempts, includesFreshRoles: attempts !== undefined };
}
