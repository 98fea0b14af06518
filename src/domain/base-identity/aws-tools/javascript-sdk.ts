import type { Machine } from '../machine.js';
import { toolProfile } from './tool-profiles.js';
import { keysFound, lastFound, type ToolIdentity, webIdentityFound, withoutOlderToken } from './tool-search.js';

/** The identity that the AWS SDK for JavaScript would use on this machine. */
export function javascriptIdentity(machine: Machine): ToolIdentity {
  const { environment } = machine;
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = environment;
  if (!AWS_PROFILE && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    return keysFound(withoutOlderToken(environment));
  }
  const profile = toolProfile('AWS SDK for JavaScript', AWS_PROFILE || 'default', machine);
  // The SDK skips an invalid profile, and a token without a role.
  const web = webIdentityFound(environment);
  return (
    (profile?.kind === 'found' ? profile : undefined) ??
    (web?.kind === 'found' ? web : undefined) ??
    lastFound(environment)
  );
}
