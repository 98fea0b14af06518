import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { roleChainSchema, type Schema, schemaFiles, targetsSchema } from '../../scripts/schema.js';
import type { Catalog } from '../../src/domain/declared/catalog.js';
import { hopOptionNames } from '../../src/domain/declared/hop-options.js';
import { parseRoleChain } from '../../src/domain/declared/role-chain.js';
import { parseTargets } from '../../src/domain/declared/targets.js';
import { fits } from '../support/json-schema.js';
import { reportedAt } from '../support/nodes.js';

const hub = 'arn:aws:iam::111111111111:role/hub';
const deploy = 'arn:aws:iam::222222222222:role/deploy';
const word = (line: string) => `- ${hub}\n- role-to-assume: ${deploy}\n  ${line}`;

const names = ['staging', 'prod', 'a'];
const catalog: Catalog = { file: '', names, targets: names, resolve: (name) => ({ name, hops: [] }) };

/** What the step itself says of the same text. */
const readers = {
  'role-chain': (text: string) => reportedAt('role-chain', (place) => parseRoleChain(text, place)).problems,
  targets: (text: string) =>
    reportedAt('targets', (place) => parseTargets(text, /^[-[]/.test(text) ? catalog : undefined, place)).problems,
};
const schemas = { 'role-chain': roleChainSchema(), targets: targetsSchema() };

describe('the schemas under docs/', () => {
  it.each(Object.entries(schemaFiles()))('%s is what the table of words makes (npm run docs)', (name, text) => {
    expect(readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8')).toBe(text);
  });

  it('know every word of a hop, and no other', () => {
    const { hop } = roleChainSchema().$defs as Record<string, Schema>;
    expect(Object.keys(hop?.properties as object)).toEqual(hopOptionNames);
    expect(hop?.additionalProperties).toBe(false);
  });
});

describe('an editor and the step both take', () => {
  it.each<[keyof typeof schemas, string]>([
    ['role-chain', `- ${hub}\n- ${deploy}`],
    ['role-chain', `- ci/hub\n- ${deploy}`],
    ['role-chain', `- role-to-assume: ${hub}\n- ${deploy}`],
    ['role-chain', word('role-session-name: release.42@octo')],
    ['role-chain', word('role-session-name: 20261121')],
    ['role-chain', word('role-duration-seconds: 3600')],
    ['role-chain', word('role-duration-seconds: "3600"')],
    ['role-chain', word('role-duration-seconds: 1h30m')],
    ['role-chain', word('role-duration-seconds: max')],
    ['role-chain', word('role-external-id: partner/42:a')],
    ['role-chain', word('source-identity: octocat')],
    ['role-chain', word('inline-session-policy: { Version: "2012-10-17", Statement: [] }')],
    ['role-chain', word(`inline-session-policy: '{"Version":"2012-10-17","Statement":[]}'`)],
    ['role-chain', word('managed-session-policies: [arn:aws:iam::aws:policy/ReadOnlyAccess]')],
    ['role-chain', word('managed-session-policies: arn:aws:iam::aws:policy/ReadOnlyAccess')],
    ['role-chain', word('custom-tags: { Team: platform, Cost: 42, Live: true }')],
    ['role-chain', word(`custom-tags: '{"Team":"platform"}'`)],
    ['role-chain', word('transitive-tag-keys: [Team]')],
    ['role-chain', word('role-skip-session-tagging: true')],
    ['role-chain', word('allowed-account-ids: [222222222222, "012345678912"]')],
    ['role-chain', word('allowed-account-ids: 222222222222')],
    ['targets', `staging: [${hub}, ${deploy}]\nprod: ${hub}`],
    ['targets', `staging: ${hub}, ${deploy}`],
    ['targets', `staging: |\n  ${hub}\n  ${deploy}`],
    ['targets', `staging: { role-to-assume: ${hub} }`],
    ['targets', `staging:\n  - ${hub}\n  - role-to-assume: ${deploy}\n    role-external-id: partner-42`],
    ['targets', '- staging\n- prod'],
    ['targets', '[staging, prod]'],
  ])('%s: %j', (name, text) => {
    expect(readers[name](text)).toEqual([]);
    expect(fits(load(text), schemas[name])).toBe(true);
  });
});

describe('an editor and the step both refuse', () => {
  it.each<[keyof typeof schemas, string]>([
    ['role-chain', '[]'],
    ['role-chain', `- - ${hub}`],
    ['role-chain', '- role-external-id: partner-42'],
    ['role-chain', '- ""'],
    ['role-chain', '- arn:aws:iam::1111:role/hub'],
    ['role-chain', '- arn:aws:sts::111111111111:assumed-role/hub/x'],
    ['role-chain', `[${Array.from({ length: 11 }, () => hub).join(', ')}]`],
    ['role-chain', word('external-id: partner-42')],
    ['role-chain', word('role-session-name: a')],
    ['role-chain', word('role-session-name: a b')],
    ['role-chain', word('role-session-name: [ab]')],
    ['role-chain', word('role-duration-seconds: an hour')],
    ['role-chain', word('role-external-id: a')],
    ['role-chain', word('source-identity: aws:octocat')],
    ['role-chain', word('inline-session-policy: all')],
    ['role-chain', word('managed-session-policies: []')],
    ['role-chain', word('managed-session-policies: [ReadOnlyAccess]')],
    ['role-chain', word('custom-tags: [Team]')],
    ['role-chain', word('custom-tags: { Team: [a] }')],
    ['role-chain', word('role-skip-session-tagging: sometimes')],
    ['role-chain', word('allowed-account-ids: []')],
    ['role-chain', word('allowed-account-ids: [hub]')],
    ['targets', '{}'],
    ['targets', 'staging: []'],
    ['targets', 'staging: [""]'],
    ['targets', `"a b": [${hub}]`],
    ['targets', `a/b: [${hub}]`],
    ['targets', `- staging: [${hub}]`],
    ['targets', '[a, a]'],
    ['targets', '[]'],
  ])('%s: %j', (name, text) => {
    expect(readers[name](text)).not.toEqual([]);
    expect(fits(load(text), schemas[name])).toBe(false);
  });
});

it('an editor takes what GitHub fills in later', () => {
  const account = '$' + '{{ matrix.account }}';
  const text = `- arn:aws:iam::${account}:role/hub\n- role-to-assume: ${hub}\n  allowed-account-ids: ['${account}']`;
  expect(fits(load(text), roleChainSchema())).toBe(true);
});
