import { test } from 'vitest';
import { openStage } from './support/stage.js';

const H = 'arn:aws:iam::111111111111:role/ci-hub',
  D = 'arn:aws:iam::222222222222:role/deploy';
const cases: Record<string, Record<string, string>> = {
  a1: { 'role-chain': `${H},${D}` },
  a2: { 'role-chain': `${H}, deploy` },
  a3: { 'role-chain': `${H}\ndeploy,prod` },
  a4: { 'role-chain': `${H},arn:aws:iam::222222222222:role/a,b` },
  a5: { 'role-to-assume': 'arn:aws:iam::222222222222:role/a,b' },
  a6: { 'role-to-assume': 'a,b', 'aws-region': 'eu-west-1' },
  a7: { 'role-chain': `- ${H}\n- arn:aws:iam::222222222222:role/a,b` },
  a8: { targets: `x: [${H}, "arn:aws:iam::222222222222:role/a,b"]` },
  a9: { targets: `x: ${H},arn:aws:iam::222222222222:role/a,b` },
  a10: { 'role-chain': `[${H}, arn:aws:iam::222222222222:role/a,b]` },
  a11: { 'role-chain': `deploy,prod` },
  a12: { 'role-chain': `${H},\n${D},` },
  a13: { targets: `x: [${H}, arn:aws:iam::222222222222:role/a,b]` },
  a14: { 'allowed-account-ids': '111111111111,222222222222\n333333333333', 'role-to-assume': H },
};
test('x', async () => {
  for (const [k, v] of Object.entries(cases)) {
    const s = await openStage();
    const r = await s.run({ ...v, 'dry-run': 'true' });
    console.log(
      `\n##### ${k} ${JSON.stringify(v)} ${r.conclusion}\n` +
        r.log
          .split('\n')
          .filter((l) => /→|Hop|error|problem| {2}- /.test(l))
          .slice(0, 6)
          .join('\n'),
    );
  }
}, 100000);
