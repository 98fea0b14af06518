import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PolicyDocument, WorldDocument } from '../../../emulator/world/world.js';
import { root } from '../../../scripts/root.js';
import { hub } from '../../support/example-world.js';
import { succeeds } from '../../support/explained.js';

const page = readFileSync(join(root, 'docs/forgejo-gitea.md'), 'utf8');
const [, json = ''] = /`ci-hub-trust\.json`:\n\n```json\n([\s\S]*?)```/.exec(page) ?? [];
const issuer = 'https://forgejo.example.com/api/actions';

function worldOf(claims: Readonly<Record<string, string>>) {
  return (world: WorldDocument): void => {
    world.job = {
      issuer,
      claims: { repository: 'my-org/my-repo', ref: 'refs/heads/main', environment: '', ...claims },
    };
    world.accounts = {
      '111111111111': {
        oidcProviders: [{ url: issuer, clientIds: ['sts.amazonaws.com'] }],
        roles: { 'ci-hub': { trustPolicy: JSON.parse(json) as PolicyDocument } },
      },
    };
  };
}

test.each([
  ['the job of the page', {}, true],
  ['another branch', { ref: 'refs/heads/other' }, false],
  ['another repository', { repository: 'my-org/other' }, false],
] as const)('the trust policy for Forgejo decides about %s', async (_, claims, isLet) => {
  expect(await succeeds({ inputs: { 'role-to-assume': hub }, world: worldOf(claims) })).toBe(isLet);
});
