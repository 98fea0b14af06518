import type { Session } from '../session/sessions.js';
import { validationError } from '../wire/aws-error.js';
import type { RoleDocument } from '../world/world.js';

const chainLimit = 3600;
const defaultDuration = 3600;

/** The duration of a role session in seconds. Rejects more than the role or role chaining allows; never shortens it. */
export function sessionSeconds(asked: number | undefined, role: RoleDocument, chained: boolean): number {
  const seconds = asked ?? defaultDuration;
  if (seconds > (role.maxSessionDuration ?? 3600)) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  if (chained && seconds > chainLimit) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  return seconds;
}

/** Whether AssumeRole with these credentials is role chaining. Long-term keys have no session. */
export function isChained(session: Session | undefined, ec2IsChained: boolean): boolean {
  return session !== undefined && (session.kind !== 'ec2' || ec2IsChained);
}
