import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRoleChain } from '../../../src/domain/declared/parse-role-chain.js';
import { reportedAt } from '../../support/nodes.js';

const hub = 'arn:aws:iam::111111111111:role/hub';
const deploy = 'arn:aws:iam::222222222222:role/deploy';
const read = (text: string) => reportedAt('role-chain', (place) => parseRoleChain(text, place));
const names = (text: string) => read(text).value.map(({ options }) => options.role?.name);

describe('all notations of the same chain are equal', () => {
  it.each([
    `${hub}\n${deploy}`,
    `${hub}\n${deploy}\n`,
    `${hub},${deploy}`,
    `${hub}, ${deploy}`,
    `${hub},\n${deploy}`,
    `${hub},\n${deploy}\n`,
    `  ${hub}  \r\n  ${deploy}\r\n`,
    `# the way to production\n${hub}\n# not yet: ${hub}x\n${deploy}\n`,
    `- ${hub}\n- ${deploy}`,
    `-   ${hub}\n-   ${deploy}\n`,
    `# the way to production\n- ${hub}\n- ${deploy} # the account\n`,
    `---\n- ${hub}\n- ${deploy}\n`,
    `["${hub}", "${deploy}"]`,
    `[${hub}, ${deploy}]`,
    `[\n  ${hub},\n  ${deploy}\n]`,
    `- role-to-assume: ${hub}\n- ${deploy}`,
    `- { role-to-assume: "${hub}" }\n- {role-to-assume: '${deploy}'}`,
    `- "${hub}"\n-\n  role-to-assume: ${deploy}`,
  ])('%j', (text) => {
    const { value, problems } = read(text);
    expect(problems).toEqual([]);
    expect(value.map(({ options }) => options)).toMatchObject([{ role: { arn: hub } }, { role: { arn: deploy } }]);
    expect(value.map(({ place }) => place.where)).toEqual(
      [1, 2].map((hop) => expect.stringMatching(`^role-chain(, line \\d, column \\d+)?, hop ${hop}$`)),
    );
  });

  it('names are also hops', () => {
    expect(names('hub\nteam/deploy')).toEqual(['hub', 'deploy']);
    expect(names('- hub\n- team/deploy')).toEqual(['hub', 'deploy']);
  });

  it('a plain list and a YAML list of the same roles are the same chain', () => {
    const role = fc.stringMatching(/^[A-Za-z][\w.@=+]{1,20}$/).map((name) => `arn:aws:iam::012345678912:role/${name}`);
    fc.assert(
      fc.property(fc.array(role, { minLength: 1, maxLength: 10 }), (roles) => {
        const plain = read(roles.join('\n'));
        expect(plain.problems).toEqual([]);
        expect(plain.value).toHaveLength(roles.length);
        for (const text of [roles.join(', '), roles.map((one) => `- ${one}`).join('\n'), JSON.stringify(roles)]) {
          expect(read(text).value.map(({ options }) => options)).toEqual(plain.value.map(({ options }) => options));
        }
      }),
    );
  });
});

it('a hop has its own options', () => {
  const text = `
- ${hub}
- role-to-assume: ${deploy}
  role-external-id: partner-42
  role-duration-seconds: 1h
  custom-tags: { Team: platform, Account: 012345678912 }
  inline-session-policy: |
    {"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}
  managed-session-policies: [arn:aws:iam::aws:policy/ReadOnlyAccess]
`;
  const { value, problems } = read(text);
  expect(problems).toEqual([]);
  expect(value[1]?.options).toEqual({
    role: expect.objectContaining({ arn: deploy }),
    externalId: 'partner-42',
    durationSeconds: 3600,
    tags: [
      { key: 'Team', value: 'platform' },
      { key: 'Account', value: '012345678912' },
    ],
    policy: '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}\n',
    policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  });
});

describe('an invalid chain is reported with the hop', () => {
  it.each([
    [`${hub}\n\n${deploy}`, 'role-chain, hop', 'the item is empty'],
    [`${hub},,${deploy}`, 'role-chain, hop', 'the item is empty'],
    [`${hub},`, 'role-chain, hop', 'the item is empty'],
    [`- ${hub}\n-\n- ${deploy}`, 'role-chain, hop 2', 'the hop is empty'],
    [`- ${hub}\n- ''`, 'role-chain, hop 2', 'the hop is empty'],
    [`- ${hub}\n- [${deploy}]`, 'role-chain, hop 2', 'the hop is a list inside the list'],
    [`- ${hub}\n- role-external-id: x1`, 'role-chain, hop 2', 'the hop names no role'],
    [`- ${hub}\n- role-to-assume:`, 'role-chain, hop 2', 'the value is empty'],
    [`- ${hub}\n- arn:aws:iam::22222222222:role/x`, 'role-chain, hop 2', '11 digits'],
    [`- &a ${hub}\n- *a`, 'role-chain', 'anchors and aliases'],
    [`role-to-assume: ${hub}`, 'role-chain', 'the chain is not a list'],
    [`staging: [${hub}]`, 'role-chain', 'the chain is not a list'],
    [',,deploy', 'role-chain, hop 1', 'the item is empty'],
    [`${hub},deploy`, 'role-chain, hop 2', "'deploy' follows a comma and is not an ARN"],
    ['hub, deploy', 'role-chain, hop 2', "'deploy' follows a comma and is not an ARN"],
    ['hub,\ndeploy', 'role-chain, hop 2', "'deploy' follows a comma and is not an ARN"],
    [`[${hub}, ${deploy},b]`, 'role-chain, hop 3', "'b' follows a comma directly and is not an ARN"],
    [`[${hub},deploy]`, 'role-chain, hop 2', "'deploy' follows a comma directly and is not an ARN"],
    ['# nothing', 'role-chain', 'only comments'],
    ['[]', 'role-chain', 'the chain is empty'],
    [`- ${hub}\n  - ${deploy}`, 'role-chain', ''],
    ['- [a', 'role-chain', 'not valid YAML'],
  ])('%j', (text, where, what) => {
    const { problems } = read(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]?.where.replace(/, line \d+, column \d+/, '')).toContain(where);
    expect(problems.map((problem) => problem.what).join('\n')).toContain(what);
  });

  it('and the fix names the input or the line to write', () => {
    expect(read(`staging: [${hub}]`).problems[0]?.fix).toContain('write targets: | instead of role-chain: |');
    expect(read(`role-to-assume: ${hub}`).problems[0]?.fix).toContain('Begin each hop with a dash');
    expect(read(`${hub},b`).problems[0]?.fix).toContain(`or "- ${hub},b"`);
    expect(names(`- ${hub},b`)).toEqual(['hub,b']);
    expect(read(`[${hub}, ${deploy},b]`).problems[0]?.fix).toContain(`quotes around the name: "${deploy},b"`);
    expect(names(`[${hub}, "${deploy},b"]`)).toEqual(['hub', 'deploy,b']);
    expect(names(`[${hub},${deploy}]`)).toEqual(['hub', 'deploy']);
    expect(names(`[${hub}, deploy]`)).toEqual(['hub', 'deploy']);
  });

  it('ten hops are accepted, eleven are an error', () => {
    const roles = (count: number) => Array.from({ length: count }, (_, index) => `role${index}`).join('\n');
    expect(read(roles(10)).problems).toEqual([]);
    expect(read(roles(11)).problems).toEqual([{ where: 'role-chain', what: '11 hops', fix: 'A chain has at most 10' }]);
  });

  it('every hop with a problem is reported', () => {
    expect(read('role/a\nok\nrole/b').problems.map(({ where }) => where)).toEqual([
      'role-chain, hop 1',
      'role-chain, hop 3',
    ]);
  });
});
