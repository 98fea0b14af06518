import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMasker } from '../../runner/masker.js';
import { startFixtureJob } from '../support/fixture-job.js';
import { temporaryFolder } from '../support/folders.js';

describe('masks', () => {
  it('hide a value from its mask command on, for the rest of the job', async () => {
    const main =
      "say('early tops3cret'); say('::add-mask::tops3cret'); say('late tops3cret, twice tops3crettops3cret')";
    const job = await startFixtureJob({ main, post: "say('post tops3cret')" });
    const step = await job.step();
    expect(step.log).toBe('early tops3cret\nlate ***, twice ***\n');
    expect(step.raw).toContain('::add-mask::tops3cret');
    expect(step.masks).toEqual(['tops3cret']);
    expect((await job.run('echo tops3cret')).log).toBe('***\n');
    expect((await job.finish())[0]?.log).toBe('post ***\n');
    expect(job.mask('x tops3cret')).toBe('x ***');
  });

  it('hide the request token and the given secrets from the start', async () => {
    const environment = { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'req-token' };
    const job = await startFixtureJob({ main: "say('req-token given')" }, { environment, secrets: ['given'] });
    const step = await job.step();
    expect(step.log).toBe('*** ***\n');
    expect(step.leaks).toEqual([{ value: 'given', line: 'req-token given' }]);
  });

  it('reject an empty value with a warning', async () => {
    const job = await startFixtureJob({ main: "say('::add-mask:: ')" });
    const step = await job.step();
    expect(step.warnings).toEqual(["Can't add secret mask for empty string in ##[add-mask] command."]);
    expect(step.masks).toEqual([]);
  });

  it.each([
    ['JSON', JSON.stringify],
    ['a URI', encodeURIComponent],
    ['base64', (value: string) => Buffer.from(value).toString('base64')],
    ['base64 after one byte', (value: string) => Buffer.from(`u${value}`).toString('base64')],
    ['base64 after two bytes', (value: string) => Buffer.from(`us${value}`).toString('base64')],
    ['XML', (value: string) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')],
  ])('hide the value in %s', (_, encode) => {
    const masker = createMasker();
    masker.add('pass"w/ord&<+7');
    const masked = masker.mask(`[${encode('pass"w/ord&<+7')}]`);
    expect(masked).toContain('***');
    expect(masked.replace('***', '').length).toBeLessThanOrEqual(6);
  });

  it('hide each line of a value', () => {
    const masker = createMasker();
    masker.add('first line\r\n  second line  \n\n');
    expect(masker.mask('a first line b second line c')).toBe('a *** b *** c');
  });

  it('hide all of every secret, however they overlap', () => {
    const secret = fc
      .string({ minLength: 3, maxLength: 12 })
      .filter((value) => !value.includes('*') && value.trim() !== '');
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 4 }), fc.array(fc.string()), (secrets, rest) => {
        const masker = createMasker();
        for (const value of secrets) {
          masker.add(value);
        }
        const masked = masker.mask(secrets.map((value, index) => `${rest[index] ?? ''}${value}`).join(''));
        for (const value of secrets) {
          expect(masked).not.toContain(value);
        }
      }),
    );
  });
});

describe('leaks', () => {
  const main = `say('::add-mask::AKIA%25-one'); say('::debug::AKIA%25-one'); say('::stop-commands::zz');
    say('::add-mask::AKIA-two'); say('::zz::'); process.stderr.write('on stderr AKIA-two\\n'); say('clean');`;

  it('are watched secrets in any line except the mask commands that are carried out', async () => {
    const job = await startFixtureJob({ main });
    job.addSecrets('AKIA%-one', 'AKIA-two', '', 'absent');
    const { leaks } = await job.step();
    expect(leaks).toHaveLength(3);
    expect(leaks).toEqual(
      expect.arrayContaining([
        { value: 'AKIA%-one', line: '::debug::AKIA%25-one' },
        { value: 'AKIA-two', line: '::add-mask::AKIA-two' },
        { value: 'AKIA-two', line: 'on stderr AKIA-two' },
      ]),
    );
  });

  it('are none when every secret appears only in its mask command', async () => {
    const job = await startFixtureJob({ main: "say('  ::add-mask::AKIA-one'); say('done')" });
    job.addSecrets('AKIA-one');
    expect((await job.step()).leaks).toEqual([]);
  });

  it('include lines of a multi-line secret', async () => {
    const job = await startFixtureJob({ main: "say('MIIEpAIBAAKC')" });
    job.addSecrets('{\nMIIEpAIBAAKC\n}');
    expect((await job.step()).leaks).toHaveLength(1);
  });

  it('are found in files, but not behind links', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'deep'));
    await writeFile(join(folder, 'deep/credentials'), Buffer.from('\0\0aws_secret = hush\0'));
    await writeFile(join(folder, 'clean'), 'nothing');
    await symlink(join(folder, 'deep/credentials'), join(folder, 'link'));
    const job = await startFixtureJob({});
    expect(await job.findSecrets(folder)).toEqual([]);
    job.addSecrets('hush');
    expect(await job.findSecrets(folder)).toEqual([join('deep', 'credentials')]);
  });
});

describe('job outputs', () => {
  it('are dropped when they hold a masked value or nothing', async () => {
    const job = await startFixtureJob({ main: "say('::add-mask::123456789012')" });
    await job.step();
    expect(job.jobOutputs({ arn: 'arn:aws:iam::123456789012:role/x', region: 'eu-west-1', none: '' })).toEqual({
      kept: { region: 'eu-west-1' },
      dropped: [
        { name: 'arn', message: "Skip output 'arn' since it may contain secret" },
        { name: 'none', message: "Skip output 'none' since it's empty" },
      ],
    });
  });
});
