import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deploy, hub } from '../../support/example-world.js';
import { chainOf, openStage } from '../../support/stage.js';

/** Keys of a profile in every syntax that AWS's tools read. */
const secrets = {
  tabs: 'tabs/Kj3h8GfDsApOiUyTrEwQzXcV',
  quotes: 'quotesLm9n0BvCxZlKjHgFdSaPq',
  comment: 'commentQw3e4Rt5y6Ui7o8Pa9s0',
  continued: 'continuedZx1c2Vb3n4Ml5k6Jh7g',
  security: 'securityPo0i9Uy8t7Re6w5Qa4s3',
  retired: 'retiredNm1b2Vc3x4Zl5k6Jh7g8f',
  argument: 'argumentTy6u7Io8p9As0d1Fg2h',
} as const;

const section = [
  '[prod]',
  `aws_access_key_id\t=\tAKIAI44QH8DHBEXAMPLE`,
  `aws_secret_access_key\t=\t${secrets.tabs}`,
  `AWS_SESSION_TOKEN="${secrets.quotes}"`,
  `aws_security_token: ${secrets.security} # ${secrets.comment}`,
  `# aws_secret_access_key = ${secrets.retired}`,
  'credential_process = /opt/tool \\',
  `\t--token=${secrets.argument}`,
  `  ${secrets.continued}`,
  'region = eu-west-1',
  '',
].join('\n');

test('keys of an overwritten profile stay out of the debug log, and are restored', async () => {
  const stage = await openStage({ job: { debug: true } });
  const file = join(stage.job.folders.home, '.aws/credentials');
  await mkdir(join(stage.job.folders.home, '.aws'));
  await writeFile(file, section, { mode: 0o600 });
  const step = await stage.job.step({
    with: { 'role-chain': chainOf(hub, deploy), 'aws-profile': 'prod', 'overwrite-aws-profile': 'true' },
  });
  expect(step.conclusion, step.log).toBe('success');
  expect(step.log).toContain('Save intra-action state');
  const [post] = await stage.job.finish();
  for (const [form, secret] of Object.entries(secrets)) {
    expect(step.log + post?.log, form).not.toContain(secret);
  }
  expect(await readFile(file, 'utf8')).toBe(section);
});
