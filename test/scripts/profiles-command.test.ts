import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { profilesCommand } from '../../scripts/profiles-command.js';
import { profileCatalog } from '../../src/domain/declared/resolve-profile.js';
import { temporaryFolder } from '../support/folders.js';
import { reportedAt } from '../support/nodes.js';

const hub = 'arn:aws:iam::111111111111:role/ci-hub';
const deploy = (account: number) => `arn:aws:iam::${String(account).repeat(12)}:role/deploy`;
const inventory = `
defaults: { role-session-name: deploy, aws-region: eu-west-1 }
via:
  hub: [${hub}]
  far: [${hub}, { role-to-assume: middle, role-external-id: x1 }]
targets:
  staging: { via: hub, role-to-assume: ${deploy(2)} }
  prod: { via: hub, role-to-assume: ${deploy(3)}, aws-region: eu-central-1, role-duration-seconds: 30m }
  far: { via: far, role-to-assume: ${deploy(4)}, role-duration-seconds: max }
  audit: [${hub}, reader]
  itself: { via: hub }
`;

async function command(text: string, ...args: readonly string[]) {
  const file = join(await temporaryFolder(), 'roles.yml');
  writeFileSync(file, text);
  return profilesCommand([file, ...args]);
}

/** The chains that a file in the format of the AWS config file declares, as the step parses it. */
function chainsOf(text: string) {
  const facts = { file: 'roles.ini', text, machineBase: () => false as const, sourceBase: () => undefined };
  const { value, problems } = reportedAt('roles.ini', (place) => {
    const catalog = profileCatalog(facts, place);
    return catalog?.selectable.map((name) => catalog.resolve(name));
  });
  expect(problems).toEqual([]);
  return Object.fromEntries(
    (value ?? []).flatMap((target) => {
      const roles = target?.hops.map(({ options: { role } }) => role && 'arn' in role && role.arn);
      return target ? [[target.name, { roles, region: target.region?.name, base: target.base }]] : [];
    }),
  );
}

describe('the profiles of an inventory', () => {
  it('are the same chains, with their Regions', async () => {
    const { stdout, stderr, exitCode } = await command(inventory, '--web-identity-token-file', '/tmp/token');
    expect([stderr, exitCode]).toEqual(['', 0]);
    const base = { kind: 'web-identity', tokenFile: '/tmp/token' };
    const region = 'eu-west-1';
    expect(chainsOf(stdout)).toEqual({
      staging: { roles: [hub, deploy(2)], region, base },
      prod: { roles: [hub, deploy(3)], region: 'eu-central-1', base },
      far: { roles: [hub, 'arn:aws:iam::111111111111:role/middle', deploy(4)], region, base },
      audit: { roles: [hub, 'arn:aws:iam::111111111111:role/reader'], region, base },
      itself: { roles: [hub], region, base },
    });
  });

  it('are valid for the AWS CLI', async () => {
    const { stdout } = await command(inventory, '--source-profile', 'me');
    expect(stdout).toContain(
      `[profile ci-hub]\nsource_profile = me\nrole_arn = ${hub}\n\n[profile middle]\nsource_profile = ci-hub\nrole_arn = arn:aws:iam::111111111111:role/middle\nexternal_id = x1\n`,
    );
    expect(stdout).toContain(
      `[profile prod]\nsource_profile = ci-hub\nrole_arn = ${deploy(3)}\nrole_session_name = deploy\nduration_seconds = 1800\nregion = eu-central-1\n`,
    );
    expect(stdout).toMatch(/\[profile far\]\n.*\n.*\n.*\nduration_seconds = 3600\n/);
  });

  it('name a hop after its role, unless a target has that name', async () => {
    const { stdout } = await command(`targets:\n  ci-hub: [${hub}, ${deploy(2)}]\n  b: [${hub}, ${deploy(3)}]\n`);
    expect([...stdout.matchAll(/^\[profile (.*)\]$/gm)].map(([, name]) => name)).toEqual(['ci-hub-2', 'ci-hub', 'b']);
  });

  it('omit a target that would have more permissions than in the inventory, with a note on what the format lacks', async () => {
    const { stdout, stderr, exitCode } = await command(
      `targets:\n  a: [${hub}, { role-to-assume: ${deploy(2)}, managed-session-policies: "arn:aws:iam::aws:policy/ReadOnlyAccess" }]\n  b: [${hub}, { role-to-assume: ${deploy(2)}, custom-tags: { Team: x } }]\n  c: { role-to-assume: ${hub}, allowed-account-ids: "222222222222" }\n  d: reader\n`,
    );
    expect(exitCode).toBe(0);
    expect(Object.keys(chainsOf(stdout))).toEqual(['b']);
    expect(stderr.trim().split('\n')).toEqual([
      'a is left out: the AWS config file has no key for managed-session-policies, and the session could do more without it.',
      'b: the AWS config file has no key for custom-tags; its profile omits it.',
      `c is left out: ${hub} is in none of its allowed-account-ids.`,
      'd is left out: the first role has only a name and needs an ARN.',
    ]);
  });
});

describe('the command rejects', () => {
  it('a file with mistakes, each with its line', async () => {
    const { stdout, stderr, exitCode } = await command(`targets:\n  a: { rol-to-assume: x }\n`);
    expect([stdout, exitCode]).toEqual(['', 1]);
    expect(stderr).toMatch(/roles\.yml, line 2, column 8, target a: 'rol-to-assume' is not a key of a target/);
  });

  it.each([
    [[]],
    [['a.yml', 'b.yml']],
    [['a.yml', '--source-profile', 'x', '--credential-source', 'y']],
    [['--file', 'x']],
  ])('unknown arguments: %j', async (args) => {
    const { stderr, exitCode } = await profilesCommand(args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('usage: npm run -s profiles');
  });
});
