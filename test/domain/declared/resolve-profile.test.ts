import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BaseIdentity } from '../../../src/domain/chain/base-identity.js';
import { profileCatalog } from '../../../src/domain/declared/resolve-profile.js';
import { reported } from '../../support/reported.js';

const hub = 'arn:aws:iam::111111111111:role/hub';
const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;

const baseOf = (name: string): BaseIdentity => ({
  kind: 'default-chain',
  origin: { kind: 'profile', name },
  chaining: 'no',
});

function resolve(text: string, target: string, machineProfiles: readonly string[] = []) {
  const machineBase = (name: string) => machineProfiles.includes(name) && baseOf(name);
  return reported((places) =>
    profileCatalog(
      { file: 'roles.ini', text, machineBase, sourceBase: () => ({ kind: 'Ec2InstanceMetadata' }) },
      places('roles.ini'),
    )?.resolve(target),
  );
}

const profile = (name: string, ...lines: readonly string[]) => `[profile ${name}]\n${lines.join('\n')}\n`;
const names = (text: string, target: string, machine: readonly string[] = []) =>
  resolve(text, target, machine).value?.hops.map(({ options }) => options.role?.name);

describe('a profile', () => {
  it('is found under [profile NAME], [NAME], and with quotes and spaces', () => {
    for (const header of ['profile a', 'a', 'profile "a"', "profile 'a'", ' profile   a ', 'profile\ta']) {
      expect(names(`[${header}]\nrole_arn = ${hub}`, 'a')).toEqual(['hub']);
    }
  });

  it('without a source starts from the base identity of the step', () => {
    const { value, problems } = resolve(profile('a', `role_arn = ${hub}`), 'a');
    expect(value).not.toHaveProperty('base');
    expect(problems).toEqual([]);
  });

  it('with a source that has keys on the machine starts from those, whatever the file says about the source', () => {
    const text = profile('a', `role_arn = ${hub}`, 'source_profile = default');
    const base = baseOf('default');
    expect(resolve(text, 'a', ['default']).value?.base).toEqual(base);
    expect(resolve(`[default]\nregion = eu-west-1\n${text}`, 'a', ['default']).value?.base).toEqual(base);
  });

  it('with a role in the file is walked, even if the machine has a profile of that name', () => {
    const text = `${profile('a', `role_arn = ${role('a')}`, 'source_profile = b')}${profile('b', `role_arn = ${hub}`)}`;
    const { value } = resolve(text, 'a', ['b']);
    expect(value?.hops).toHaveLength(2);
    expect(value).not.toHaveProperty('base');
  });

  it('may end at a source that has only credential_source', () => {
    const text = `${profile('a', `role_arn = ${hub}`, 'source_profile = b')}${profile('b', 'credential_source = Ec2InstanceMetadata')}`;
    const { value } = resolve(text, 'a');
    expect(value?.base).toEqual({ kind: 'Ec2InstanceMetadata' });
    expect(value?.hops).toHaveLength(1);
  });

  it('keeps its own Region, not that of its sources', () => {
    const text = `${profile('a', `role_arn = ${role('a')}`, 'source_profile = b')}${profile('b', `role_arn = ${hub}`, 'region = eu-west-1')}`;
    expect(resolve(text, 'a').value).not.toHaveProperty('region');
    expect(resolve(text, 'b').value?.region?.name).toBe('eu-west-1');
  });

  it('may contain comments, indentation, and settings of other tools', () => {
    const text = `# all\n[profile a]  ; first\n  role_arn = ${hub} # the hub\n  ; none\n  output = json\n  s3 =\n    max_concurrent_requests = 20\n`;
    const { value, problems } = resolve(text, 'a');
    expect(value?.hops[0]?.options.role?.name).toBe('hub');
    expect(problems).toEqual([]);
  });
});

/** Whether the place of a problem names the file, line, profile and key. */
function isAt(where: string, parts: string): boolean {
  return parts.split(', ').every((part) => where.includes(part)) && /line \d+|^roles.ini$/.test(where);
}

describe('a problem', () => {
  const leaf = (...lines: readonly string[]) => profile('leaf', `role_arn = ${role('leaf')}`, ...lines);
  const b = (...lines: readonly string[]) => profile('b', `role_arn = ${hub}`, ...lines);

  it.each<[string, string, string, string]>([
    [
      'a circle of one',
      leaf('source_profile = leaf'),
      'roles.ini, line 3, [profile leaf], source_profile',
      'circular: leaf → leaf',
    ],
    [
      'a circle of two',
      leaf('source_profile = b') + b('source_profile = leaf'),
      'roles.ini, [profile b]',
      'circular: leaf → b → leaf',
    ],
    [
      'a cycle that does not contain the target',
      leaf('source_profile = b') + b('source_profile = c') + profile('c', `role_arn = ${hub}`, 'source_profile = b'),
      'roles.ini, [profile c]',
      'circular: leaf → b → c → b',
    ],
    [
      'a source that names itself: as a source the AWS CLI would leave its role out',
      leaf('source_profile = b') + b('source_profile = b'),
      'roles.ini, [profile b]',
      'circular: leaf → b → b',
    ],
    [
      'an unknown source',
      leaf('source_profile = gone'),
      'roles.ini',
      "'gone' is neither a profile with a role in roles.ini",
    ],
    [
      'a source without a role',
      `${leaf('source_profile = b')}[b]\nregion = eu-west-1\n`,
      'roles.ini, [b]',
      '(leaf → b)',
    ],
    [
      'a source that signs on in a browser',
      `${leaf('source_profile = b')}[b]\nsso_session = corp\n`,
      'roles.ini, line 5, sso_session',
      'needs a browser',
    ],
    [
      'a source that is a program',
      `${leaf('source_profile = b')}[b]\ncredential_process = ./x\n`,
      'roles.ini, line 5, credential_process',
      'which program runs',
    ],
    [
      'three sources',
      leaf('source_profile = b', 'credential_source = Environment', 'web_identity_token_file = t'),
      'roles.ini, [profile leaf]',
      'source_profile and credential_source and web_identity_token_file',
    ],
    [
      'a source of an unset variable',
      leaf('web_identity_token_file ='),
      'roles.ini, line 3, web_identity_token_file',
      'the value is empty',
    ],
    [
      'a bare name',
      profile('leaf', 'role_arn = deploy'),
      'roles.ini, line 2, role_arn',
      "'deploy' cannot be the role_arn",
    ],
    [
      'an invalid role',
      profile('leaf', 'role_arn = arn:aws:iam::1:user/x'),
      'roles.ini, line 2, role_arn',
      'is not the ARN of an IAM role',
    ],
    ['a profile twice', `${leaf()}[leaf]\nrole_arn = ${hub}\n`, 'roles.ini, line 3', "profile 'leaf' is defined twice"],
    ['swapped letters', leaf('extrenal_id = ab'), 'roles.ini, line 3, extrenal_id', "'extrenal_id' is not a key"],
    [
      'another separator',
      leaf('source-profile = b'),
      'roles.ini, line 3, source-profile',
      "'source-profile' is not a key",
    ],
    ['one letter too many', leaf('regions = eu-west-1'), 'roles.ini, line 3, regions', "'regions' is not a key"],
  ])('of %s', (_, text, where, what) => {
    const { problems } = resolve(text, 'leaf');
    const found = problems.filter((problem) => isAt(problem.where, where) && problem.what.includes(what));
    expect(found, JSON.stringify(problems)).toHaveLength(1);
  });

  it('of a profile that no target uses is not reported, unless it has keys', () => {
    const strange = profile('laptop', 'sso_session = corp', 'mfa_serial = x', 'regin = y');
    expect(resolve(leaf() + strange, 'leaf').problems).toEqual([]);
    for (const key of ['aws_access_key_id', 'AWS_Secret_Access_Key', 'aws_session_token', 'aws_security_token']) {
      const value = 'not-to-be-shown';
      const { problems } = resolve(`${leaf()}[laptop]\n${key} = ${value}\n`, 'leaf');
      expect(problems).toHaveLength(1);
      expect(problems[0]?.what).toContain('must not contain keys');
      expect(JSON.stringify(problems)).not.toContain(value);
    }
  });

  it.each([
    [
      'with a typo in role_arn that is the target itself',
      profile('leaf', `role-arn = ${hub}`),
      "'leaf' has no role_arn in roles.ini, and this machine's AWS files have no profile of that name",
      'Give the profile a role_arn, or name another target',
    ],
    [
      'without a role that is a source',
      leaf('source_profile = gone'),
      "'gone' is neither a profile with a role in roles.ini nor a profile of this machine's AWS files (leaf → gone)",
      "Correct the source_profile of 'leaf', or remove it to start from the base identity of the step",
    ],
  ])('%s is reported with the profile to correct', (_, text, what, fix) => {
    expect(resolve(text, 'leaf').problems.at(-1)).toMatchObject({ what, fix });
  });

  it('of too many hops', () => {
    const links = Array.from({ length: 11 }, (_, at) =>
      profile(`p${at}`, `role_arn = ${hub}`, `source_profile = p${at + 1}`),
    );
    const { value, whats } = resolve(`${links.join('')}${profile('p11', 'credential_source = Environment')}`, 'p0');
    expect(value).toBeUndefined();
    expect(whats).toContain('11 hops');
    expect(names(`${links.slice(1).join('')}${profile('p11', 'credential_source = Environment')}`, 'p1')).toHaveLength(
      10,
    );
  });
});

describe('any file', () => {
  const count = 8;
  /** For each profile: whether it has a role, and its source (a number means another profile). */
  const graph = fc.array(
    fc.record({
      hasRole: fc.boolean(),
      source: fc.oneof(fc.integer({ min: 0, max: count }), fc.constantFrom('none', 'instance', 'machine')),
    }),
    { minLength: count, maxLength: count },
  );
  const textOf = (profiles: readonly { hasRole: boolean; source: number | string }[]) =>
    profiles
      .map(({ hasRole, source }, at) => {
        const from = {
          none: '',
          instance: 'credential_source = Ec2InstanceMetadata',
          machine: 'source_profile = mine',
        };
        const line =
          typeof source === 'number' ? `source_profile = p${source}` : (from[source as keyof typeof from] ?? '');
        return profile(`p${at}`, ...(hasRole ? [`role_arn = ${role(`p${at}`)}`] : []), line);
      })
      .join('');

  it('gives a chain or a problem, never both or neither', () => {
    fc.assert(
      fc.property(graph, (profiles) => {
        const { value, problems } = resolve(textOf(profiles), 'p0', ['mine']);
        expect(value === undefined).toBe(problems.length > 0);
      }),
    );
  });

  it('is followed from the target to its start, and a cycle is reported with its path', () => {
    fc.assert(
      fc.property(graph, (profiles) => {
        const path = [0];
        for (;;) {
          const { hasRole = false, source } = profiles[path.at(-1) ?? 0] ?? {};
          if (!hasRole || typeof source !== 'number') {
            break;
          }
          path.push(source);
          if (path.indexOf(source) < path.length - 1 || source === count) {
            break;
          }
        }
        const { value, whats } = resolve(textOf(profiles), 'p0', ['mine']);
        const isCircle = new Set(path).size < path.length;
        if (isCircle) {
          expect(whats.join()).toContain(`circular: ${path.map((at) => `p${at}`).join(' → ')}`);
        } else if (value !== undefined) {
          const walked = path.filter((at) => profiles[at]?.hasRole).map((at) => `p${at}`);
          expect(value.hops.map(({ options }) => options.role?.name)).toEqual(walked.reverse());
        }
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        resolve(`[profile a]\nrole_arn = ${hub}\n${text}`, 'a');
      }),
    );
  });

  it.each([
    [90, /^source_profile is circular: p0 → p1 → .*… .*→ p89 → p0$/],
    [10_000, /^source_profile passes through more than 100 profiles: p0 → p1 → .*… .*→ p100$/],
  ])('with a cycle of %i profiles is reported', (count, what) => {
    const circle = Array.from({ length: count }, (_, at) =>
      profile(`p${at}`, `role_arn = ${hub}`, `source_profile = p${(at + 1) % count}`),
    );
    expect(resolve(circle.join(''), 'p0').whats).toEqual([expect.stringMatching(what)]);
  });
});
