import type { Emulator } from '../emulator/server/emulator.js';
import { root } from '../scripts/root.js';

/** The environment of a step with these inputs. */
export function stepEnvironment(emulator: Emulator, inputs: Readonly<Record<string, string>>): Record<string, string> {
  const given = { 'aws-region': 'us-east-1', audience: 'sts.amazonaws.com', ...inputs };
  const variables = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return {
    ...emulator.environment,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_WORKFLOW: 'deploy',
    GITHUB_ACTION: 'assume',
    GITHUB_ACTOR: 'octocat',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_WORKSPACE: root,
    ...Object.fromEntries(variables),
  };
}
