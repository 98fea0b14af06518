import { expect, it } from 'vitest';
import { machineRegion, servesChain } from '../../../src/domain/base-identity/machine-region.js';
import { readSharedConfig } from '../../../src/domain/shared-config/read-shared-config.js';

function regionOf(config: string, environment: Readonly<Record<string, string>> = {}, isOtherService = false) {
  const warnings: string[] = [];
  const files = readSharedConfig(
    { path: 'config', text: config },
    { path: 'credentials', text: '[keys]\nregion = eu-west-3\n' },
  );
  const warn = (text: string) => warnings.push(text);
  return { found: machineRegion({ environment, files }, { isOtherService, warn }), warnings };
}

const two = '[default]\nregion = eu-west-1\n[profile a]\nregion = eu-north-1\n[profile b]\noutput = json\n';

it.each([
  ['the default profile', {}, 'eu-west-1'],
  ['AWS_PROFILE', { AWS_PROFILE: 'a' }, 'eu-north-1'],
  ['AWS_DEFAULT_PROFILE before AWS_PROFILE', { AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: 'keys' }, 'eu-west-3'],
  ['the default profile when the variable is empty', { AWS_PROFILE: '' }, 'eu-west-1'],
  ['nothing when the current profile has none', { AWS_PROFILE: 'b' }, undefined],
  ['nothing when the current profile is missing', { AWS_PROFILE: 'gone' }, undefined],
])('is that of %s', (_, environment, region) => {
  expect(regionOf(two, environment)).toMatchObject({ warnings: [] });
  expect(regionOf(two, environment).found?.region).toBe(region);
});

it.each(['Ireland', 'aws-global'])('%s is ignored, with a warning', (text) => {
  const { found, warnings } = regionOf(`[default]\nregion = ${text}\n`);
  expect(found).toBeUndefined();
  expect(warnings).toEqual([expect.stringContaining(`the profile default (config) is not used: '${text}'`)]);
});

it('is any name of another vendor, in any partition', () => {
  const { found, warnings } = regionOf('[default]\nregion = garage\n', {}, true);
  expect(warnings).toEqual([]);
  expect(found && servesChain(found, 'aws')).toBe(true);
});

it('applies to chains of its own partition', () => {
  const china = { region: 'cn-north-1', profile: 'default', isOther: false };
  expect([servesChain(china, 'aws'), servesChain(china, 'aws-cn'), servesChain(china, undefined)]).toEqual([
    false,
    true,
    true,
  ]);
});
