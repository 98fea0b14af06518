import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../../emulator/world/rules.js';
import { roleChainFileSchema } from '../../../scripts/docs/role-chain-file-schema.js';
import { hopOptionNames } from '../../../src/domain/declared/hop-options.js';
import { defaultsKeys, inventoryCatalog, inventoryKeys } from '../../../src/domain/declared/inventory.js';
import { targetKeys } from '../../../src/domain/declared/parse-target.js';
import { deploy, hub } from '../../support/example-world.js';
import { fits } from '../../support/json-schema.js';
import { reportedAt } from '../../support/nodes.js';

const indented = (text: string) => text.replace(/^/gm, '    ');
const chain = (text: string) => `targets:\n  a:\n${indented(text)}\n`;
const word = (line: string) => chain(`- ${hub}\n- role-to-assume: ${deploy}\n  ${line}`);
const target = (line: string) => `via:\n  hub: [${hub}]\ntargets:\n  a: ${line}\n`;

/** The step's own problems with the same file. It checks role ARNs only when a target is selected. */
function problemsOf(text: string): readonly object[] {
  const { value, problems } = reportedAt('roles.yml', (place) => inventoryCatalog({ path: 'roles.yml', text }, place));
  const hops = value?.names.flatMap((name) => value.resolve(name)?.hops ?? []) ?? [];
  return [...problems, ...hops.flatMap(({ options }) => options.awsRefusal ?? [])];
}

const schema = roleChainFileSchema();

describe('the schema of the role-chain file', () => {
  it('contains every option of every map, and no other', () => {
    const { hop, target } = schema.definitions as Record<string, Schema>;
    const { defaults } = schema.properties as Record<string, Schema>;
    for (const [map, names] of [
      [hop, hopOptionNames],
      [target, targetKeys],
      [defaults, defaultsKeys],
      [schema, inventoryKeys],
    ] as const) {
      expect(Object.keys(map?.properties as object)).toEqual([...names]);
      expect(map?.additionalProperties).toBe(false);
    }
  });
});

describe('an editor and the step both accept', () => {
  it.each([
    chain(`- ${hub}\n- ${deploy}`),
    chain(`- ci/hub\n- ${deploy}`),
    chain(`- role-to-assume: ${hub}\n- ${deploy}`),
    word('role-session-name: release.42@octo'),
    word('role-session-name: 20261121'),
    word('role-duration-seconds: 3600'),
    word('role-duration-seconds: "3600"'),
    word('role-duration-seconds: 1h30m'),
    word('role-duration-seconds: max'),
    word('role-external-id: partner/42:a'),
    word('source-identity: octocat'),
    word('inline-session-policy: { Version: "2012-10-17", Statement: [] }'),
    word(`inline-session-policy: '{"Version":"2012-10-17","Statement":[]}'`),
    word('managed-session-policies: [arn:aws:iam::aws:policy/ReadOnlyAccess]'),
    word('managed-session-policies: arn:aws:iam::aws:policy/ReadOnlyAccess'),
    word('custom-tags: { Team: platform, Cost: 42, Live: true }'),
    word(`custom-tags: '{"Team":"platform"}'`),
    word('transitive-tag-keys: [Team]'),
    word('role-skip-session-tagging: true'),
    word('allowed-account-ids: [222222222222, "012345678912"]'),
    word('allowed-account-ids: 222222222222'),
    target(`[${hub}, ${deploy}]`),
    target(`${hub}, ${deploy}`),
    target(`|\n    ${hub}\n    ${deploy}`),
    target(`{ role-to-assume: ${hub} }`),
    target(`{ via: hub, role-to-assume: ${deploy}, aws-region: eu-central-1 }`),
    target('{ via: hub, role-duration-seconds: 30m }'),
    target(`{ via: hub, role-chain: [middle, ${deploy}], matrix: { environment: production, wave: 2, live: true } }`),
    `defaults: { role-session-name: deploy, aws-region: eu-west-1 }\n${target(`[${hub}]`)}`,
    `via: { a: [${hub}, middle], b: { role-to-assume: ${hub} }, c: "${hub}" }\ntargets: { x: { via: a } }`,
  ])('%s', (text) => {
    expect(problemsOf(text)).toEqual([]);
    expect(fits(load(text), schema)).toBe(true);
  });
});

describe('an editor and the step both reject', () => {
  it.each([
    chain('[]'),
    chain(`- - ${hub}`),
    chain('- role-external-id: partner-42'),
    chain('- ""'),
    chain('- arn:aws:iam::1111:role/hub'),
    chain('- arn:aws:iam:::role/hub'),
    chain('- arn:aws:sts::111111111111:assumed-role/hub/x'),
    chain('- role/hub'),
    chain('- "111111111111"'),
    chain(`[${Array.from({ length: 11 }, () => hub).join(', ')}]`),
    word('external-id: partner-42'),
    word('role-session-name: a'),
    word('role-session-name: a b'),
    word('role-session-name: [ab]'),
    word('role-duration-seconds: an hour'),
    word('role-external-id: a'),
    word('source-identity: aws:octocat'),
    word('inline-session-policy: all'),
    word('managed-session-policies: []'),
    word('managed-session-policies: [ReadOnlyAccess]'),
    word('custom-tags: [Team]'),
    word('custom-tags: { Team: [a] }'),
    word('role-skip-session-tagging: sometimes'),
    word('allowed-account-ids: []'),
    word('allowed-account-ids: [hub]'),
    'targets: {}',
    'via: {}',
    `target: { a: [${hub}] }`,
    target('[]'),
    target('{ aws-region: eu-west-1 }'),
    target(`{ role-to-assume: ${hub}, role-chain: [${hub}] }`),
    target(`{ role-to-assume: ${hub}, aws-region: Ireland }`),
    target(`{ role-to-assume: ${hub}, aws-region: aws-global }`),
    target(`{ role-to-assume: ${hub}, matrix: { region: x } }`),
    target(`{ role-to-assume: ${hub}, matrix: { AccountID: x } }`),
    target(`{ role-to-assume: ${hub}, matrix: { a: [b] } }`),
    target(`{ role-to-assume: ${hub}, matrix: { a: } }`),
    target(`{ role-to-assume: ${hub}, region: eu-west-1 }`),
    `defaults: { role-to-assume: ${hub} }\n${target(`[${hub}]`)}`,
    `defaults: { matrix: { a: b } }\n${target(`[${hub}]`)}`,
    `targets: { all: [${hub}] }`,
    `targets: { '!a': [${hub}] }`,
    `targets: { 'a*': [${hub}] }`,
    `targets: { 'a,b': [${hub}] }`,
    `targets: { 'a b': [${hub}] }`,
    `targets: { a/b: [${hub}] }`,
  ])('%s', (text) => {
    expect(problemsOf(text)).not.toEqual([]);
    expect(fits(load(text), schema)).toBe(false);
  });
});
