import { describe, expect, it } from 'vitest';
import { trim } from '../../runner/dotnet-text.js';
import { parseWorkflowCommand } from '../../runner/workflow-command.js';
import { startFixtureJob } from '../support/fixture-job.js';

const registered = new Set(['save-state', 'error']);
const hex = (character: string) => `U+${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

// https://learn.microsoft.com/dotnet/api/system.char.iswhitespace
const blanks = [...'\t\v\f \u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000'];
const others = [...'\0\b\x1b\x7f\u200b\u200d\u2060\ufeff\u00ad.'];

describe("the blanks of .NET's Trim", () => {
  it.each(blanks.map((blank) => [hex(blank), blank]))('%s may come before a command', (_, blank) => {
    expect(parseWorkflowCommand(`${blank}::save-state name=a::b`, registered)?.data).toBe('b');
    expect(trim(`${blank}x${blank}`)).toBe('x');
  });

  it.each(others.map((other) => [hex(other), other]))('%s is not one', (_, other) => {
    expect(parseWorkflowCommand(`${other}::save-state name=a::b`, registered)).toBeUndefined();
  });

  it('create no mask on their own', async () => {
    const job = await startFixtureJob({ main: "say('::add-mask::\\u0085\\u3000')" });
    expect((await job.step()).masks).toEqual([]);
  });
});

describe('the header of a command', () => {
  it.each([
    ['::save-state Name=a::b', { name: 'a' }],
    ['::save-state name==a=b,,x=::b', { name: 'a=b' }],
    ['::save-state =name=a, y=z::b', { name: 'a', ' y': 'z' }],
    ['##[save-state name=a;x=y]b', { name: 'a', x: 'y' }],
  ])('contains properties: %s', (line, properties) => {
    expect(parseWorkflowCommand(line, registered)).toEqual({ name: 'save-state', properties, data: 'b' });
  });

  it('may have its name in either letter case', () => {
    expect(parseWorkflowCommand('::SAVE-State name=a::b', registered)?.name).toBe('save-state');
    expect(parseWorkflowCommand('::ſave-ſtate name=a::b', registered)).toBeUndefined();
  });
});

describe('the output of a step', () => {
  it("cannot contain the runner's own group markers", async () => {
    const job = await startFixtureJob({ main: "say('##[start-action id=x]y')" });
    expect((await job.step()).log).toBe('##[\\start-action id=x]y\n');
  });

  it('loses a byte order mark at its beginning, so a command may follow it', async () => {
    const job = await startFixtureJob({ main: "process.stdout.write('\\ufeff::error::a\\n\\ufeff::error::b\\n')" });
    expect((await job.step()).annotations.map(({ message }) => message)).toEqual(['a']);
  });
});

describe('saved state', () => {
  it('keeps the first spelling of a name, in any letter case', async () => {
    const main = "say('::save-state name=CLEAN::smuggled'); appendFileSync(env.GITHUB_STATE, 'clean=kept\\n')";
    const job = await startFixtureJob({ main });
    expect((await job.step()).state).toEqual({ CLEAN: 'kept' });
  });
});
