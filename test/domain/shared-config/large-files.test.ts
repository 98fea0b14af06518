import { describe, expect, it } from 'vitest';
import { readSharedConfig } from '../../../src/domain/shared-config/read-shared-config.js';

const section = (index: number) =>
  `[profile p${index}]\nrole_arn = arn:aws:iam::111111111111:role/x\nregion = eu-west-1\n`;
const sections = (count: number) => Array.from({ length: count }, (_, index) => section(index)).join('');

function read(config: string) {
  const before = process.cpuUsage();
  const files = readSharedConfig({ path: 'config', text: config }, { path: 'credentials' });
  return { ...files, cpuMs: process.cpuUsage(before).user / 1_000 };
}

describe('AWS files of several megabytes', () => {
  it.each([
    ['sections', sections(60_000), 60_000, 0],
    ['invalid lines before many sections', `${'no meaning\n'.repeat(200_000)}${sections(30_000)}`, 30_000, 200_000],
    ['sections of one name', '[profile x]\nregion = a\n'.repeat(20_000), 1, 19_999],
    ['one key again and again', `[profile x]\n${'region = a\n'.repeat(200_000)}`, 1, 199_999],
    ['blank lines', `[profile x]\n${'\n'.repeat(5_000_000)}`, 1, 0],
  ])('are parsed in linear time: %s', (_, text, profiles, faults) => {
    const files = read(text);
    expect(files.profiles.size).toBe(profiles);
    expect(files.faults.length).toBeLessThan(50);
    expect(files.faults.length + files.moreFaults).toBe(faults);
    expect(files.cpuMs).toBeLessThan(5_000);
  });

  it('keep the problem of each profile, however many come before it', () => {
    const broken = `${'[profile x]\nno meaning\n'.repeat(100)}[profile y]\nno meaning\n`;
    expect(read(broken).faults.map(({ profile }) => profile)).toContain('y');
  });
});
