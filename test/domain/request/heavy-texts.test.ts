import { beforeAll, describe, expect, it } from 'vitest';
import type { RawInputs } from '../../../src/domain/input/input-names.js';
import type { InvalidRequest } from '../../../src/domain/input/problem.js';
import { loadYaml } from '../../../src/domain/input/yaml.js';
import { readRequest } from '../../../src/domain/request/read-request.js';
import { keys } from '../../support/example-world.js';

beforeAll(loadYaml);

const role = 'arn:aws:iam::111111111111:role/deploy';
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

interface Heavy {
  readonly inputs: RawInputs;
  /** The content of the role-chain file, in the format of the AWS config file or in YAML. */
  readonly file?: string;
  readonly inventory?: string;
  readonly says: string;
}

/** Texts of the maximum size, each of another kind; parsing them must take linear time. */
const texts: Readonly<Record<string, Heavy>> = {
  'items of a YAML list': { inputs: { 'role-chain': '- a\n'.repeat(32_000) }, says: '32000 hops' },
  'line breaks of a plain list': { inputs: { 'role-chain': `${'\n'.repeat(125_000)}a` }, says: '125001 hops' },
  'line breaks of targets': { inputs: { targets: `${'\n'.repeat(125_000)}a` }, says: '125001 targets' },
  commas: { inputs: { 'role-chain': ','.repeat(130_000) }, says: '130001 hops' },
  blanks: { inputs: { 'role-chain': `a${' '.repeat(130_000)}b` }, says: 'role-chain, hop 1' },
  'blanks and hashes': { inputs: { 'role-chain': ' #'.repeat(65_000) }, says: 'only comments' },
  quotes: { inputs: { 'role-chain': `"${"'".repeat(130_000)}` }, says: 'role-chain' },
  colons: { inputs: { targets: ': '.repeat(65_000) }, says: 'targets' },
  dashes: { inputs: { 'role-chain': '-\n'.repeat(65_000) }, says: '65000 hops' },
  'nested dashes': { inputs: { 'role-chain': '- '.repeat(65_000) }, says: 'role-chain, line 1' },
  'escaped quotes in YAML': { inputs: { 'role-chain': `- "${'\\"'.repeat(60_000)}` }, says: 'a quote is not closed' },
  'commas and blanks in YAML': { inputs: { 'role-chain': `- [${', '.repeat(60_000)}` }, says: 'role-chain, line 1' },
  'colons of an ARN': { inputs: { 'role-to-assume': `arn:aws${':'.repeat(130_000)}` }, says: 'role-to-assume' },
  'blanks of an ARN': { inputs: { 'role-to-assume': `arn:aws:iam::1${' '.repeat(8_000)}x` }, says: 'white space' },
  'ARNs without a separator': {
    inputs: { 'role-to-assume': role, 'managed-session-policies': 'arn:'.repeat(30_000) },
    says: 'is not the ARN of a managed policy',
  },
  brackets: { inputs: { 'role-chain': '['.repeat(130_000) }, says: 'role-chain, line 1' },
  'broken YAML of many lines': {
    inputs: { targets: `${'a: 1\n'.repeat(1)}${' b: 1\n'.repeat(20_000)}` },
    says: 'line 2',
  },
  'targets of a map': { inputs: { targets: many(13_000, (i) => `t${i}: [a]\n`) }, says: '13000 targets' },
  'one long word': { inputs: { 'role-chain': `- ${'a'.repeat(60_000)}: b` }, says: 'role-chain, line 1' },
  'brackets of JSON': {
    inputs: { 'role-to-assume': role, 'custom-tags': `{"a":${'['.repeat(100_000)}` },
    says: 'brackets are nested more than 100 deep',
  },
  'maps of JSON': {
    inputs: { 'role-to-assume': role, 'inline-session-policy': '{"a":'.repeat(20_000) },
    says: 'brackets are nested more than 100 deep',
  },
  tags: {
    inputs: { 'role-to-assume': role, 'custom-tags': `{${many(9_000, (i) => `"k${i}":"v",`)}"z":"v"}` },
    says: '9002 session tags',
  },
  'transitive keys': {
    inputs: { 'role-to-assume': role, 'transitive-tag-keys': many(30_000, (i) => `k${i}\n`) },
    says: '30000',
  },
  accounts: { inputs: { 'role-to-assume': role, 'allowed-account-ids': '1\n'.repeat(60_000) }, says: '60000' },
  'invalid lines in a file': {
    inputs: { targets: 'x' },
    file: 'no meaning\n'.repeat(112_500),
    says: '(112501 problems)',
  },
  'a chain of profiles': {
    inputs: { targets: 'p0' },
    file: many(30_000, (i) => `[profile p${i}]\nrole_arn = ${role}\nsource_profile = p${i + 1}\n`),
    says: 'more than 100 profiles',
  },
  'sections of one name': {
    inputs: { targets: 'x' },
    file: `[profile x]\nrole_arn = ${role}\n`.repeat(20_000),
    says: '(19999 problems)',
  },
  'keys of one section': {
    inputs: { targets: 'x' },
    file: `[profile x]\nrole_arn = ${role}\n${many(20_000, (i) => `rle_arn${i} = 1\n`)}`,
    says: 'rle_arn',
  },
  'unknown profiles': {
    inputs: { targets: many(2_000, (i) => `wanted-profile-${i}\n`) },
    file: many(5_000, (i) => `[profile other-profile-${i}]\nrole_arn = ${role}\n`),
    says: '(2000 problems)',
  },
  'a pattern of many stars': {
    inputs: { targets: '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b' },
    inventory: `targets:\n${many(2_000, (i) => `  ${'a'.repeat(100)}${i}: [${role}]\n`)}`,
    says: 'matches no target',
  },
  'unknown keys of an inventory': {
    inputs: { targets: 'x' },
    inventory: `targets:\n  x:\n    role-to-assume: ${role}\n${many(20_000, (i) => `    wrod${i}: 1\n`)}`,
    says: '(20000 problems)',
  },
  'unknown beginnings of an inventory': {
    inputs: { targets: 'all' },
    inventory: `via:\n${many(2_000, (i) => `  beginning-${i}: [${role}]\n`)}targets:\n${many(2_000, (i) => `  t${i}: { via: other-${i}, role-to-assume: ${role} }\n`)}`,
    says: 'problems)',
  },
  'blanks before a bracket': { inputs: { targets: 'x' }, file: `${' '.repeat(1_000_000)}x\n`, says: 'line 1' },
};

describe('a large text is parsed or rejected within seconds', () => {
  it.each(Object.entries(texts))('%s', (_, { inputs, file, inventory, says }) => {
    const before = process.cpuUsage();
    const path = inventory === undefined ? 'roles.ini' : 'roles.yml';
    const text = inventory ?? file;
    const given = { ...keys, ...inputs, ...(text !== undefined && { 'role-chain-file': path }) };
    const roleChainFile = text === undefined ? {} : { roleChainFile: { path, text } };
    let shown = '';
    try {
      readRequest({ inputs: given, environment: {}, ...roleChainFile });
    } catch (error) {
      const { message, problems, more } = error as InvalidRequest;
      shown = more === 0 ? message : `(${problems.length + more} problems) ${message}`;
      expect(problems.length).toBeLessThanOrEqual(50);
    }
    expect(shown).toContain(says);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000);
  });
});
