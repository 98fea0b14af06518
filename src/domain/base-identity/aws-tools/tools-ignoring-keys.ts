import { originText } from '../../chain/base-identity.js';
import type { Machine } from '../machine.js';
import { toolIdentity } from './tool-identity.js';
import { type Tool, tools } from './tool-search.js';

/**
 * Says which tools on this machine would not use keys in the environment, as part of a sentence: "the AWS SDK for
 * JavaScript would use the profile x". Undefined if every tool would use them.
 */
export function toolsIgnoringKeys(machine: Machine): string | undefined {
  const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_SESSION_TOKEN: 'x' };
  const withKeys = { ...machine, environment: { ...machine.environment, ...keys } };
  const ways = new Map<string, Tool[]>();
  for (const tool of tools) {
    const identity = toolIdentity(tool, withKeys);
    if (identity.kind === 'found' && identity.origin.kind === 'environment') {
      continue;
    }
    const way = identity.kind === 'found' ? `would use ${originText(identity.origin)}` : 'would fail';
    ways.set(way, [...(ways.get(way) ?? []), tool]);
  }
  const clauses = [...ways].map(([way, who]) => `${namesOf(who)} ${way}`);
  return clauses.length === 0 ? undefined : clauses.join(', and ');
}

function namesOf(who: readonly string[]): string {
  const names = who.filter((tool) => tool !== 'AWS CLI 2' || !who.includes('AWS CLI and boto3'));
  return names.map((tool) => `the ${tool}`).join(' and ');
}
