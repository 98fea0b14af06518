import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedConfigPaths } from '../../../src/domain/shared-config/paths.js';
import type { SectionUndo } from '../../../src/domain/shared-config/section-undo.js';
import {
  configSection,
  normalName,
  parseSections,
  readSections,
  sectionNames,
} from '../../../src/domain/shared-config/sections.js';
import { undoSections } from '../../../src/domain/shared-config/undo-sections.js';
import { DoubledSection, type SectionWrite, writeSections } from '../../../src/domain/shared-config/write-sections.js';

const stored = (undo: readonly SectionUndo[]): SectionUndo[] => JSON.parse(JSON.stringify(undo));
const set = (text: string, name: string, entries: SectionWrite['entries']) => writeSections(text, [{ name, entries }]);
const undo = (text: string, by: readonly SectionUndo[]) => {
  const undone = undoSections(text, stored(by));
  return { text: undone.text, outcome: undone.outcomes[0]?.outcome };
};

const ours = { aws_access_key_id: 'AKIAOURS', aws_secret_access_key: 'our/secret=', aws_session_token: 'our+token==' };

const awsFile = [
  '\uFEFF# my profiles',
  '[default]',
  'Region = eu-west-1   # home',
  '',
  '[profile prod] # keep',
  'role_arn = arn:aws:iam::1:role/a',
  's3 =',
  '  max_concurrent_requests = 20',
  '  addressing_style = path',
  'output=json',
  '; end of prod',
  '',
  '# about dev',
  '[ profile\t "dev" ]',
  'region nowhere',
  'region=us-east-1',
].join('\r\n');

describe('parsing', () => {
  it('accepts headers with comments, odd spaces and quotes', () => {
    expect(readSections(awsFile).map(({ name, line }) => [name, line])).toEqual([
      ['default', 2],
      ['profile prod', 5],
      ['profile dev', 14],
    ]);
  });

  it('returns entries with lower-case keys and their lines, and nested keys separately', () => {
    const [home, prod] = readSections(awsFile);
    expect(home?.entries.get('region')).toBe('eu-west-1');
    expect([...(prod?.entries ?? [])]).toEqual([
      ['role_arn', 'arn:aws:iam::1:role/a'],
      ['s3', ''],
      ['output', 'json'],
    ]);
    expect(prod?.entryLines.get('output')).toBe(10);
  });

  it('accepts a section whose keys are all indented', () => {
    const [section] = readSections('[a]\n  k = 1\n  s3 =\n    x = 2\n  l = 3\n');
    expect([...(section?.entries.keys() ?? [])]).toEqual(['k', 's3', 'l']);
  });

  it('lists malformed lines instead of failing', () => {
    expect(parseSections(`stray\n${awsFile}`).malformed).toEqual([
      { line: 1, text: 'stray' },
      { line: 16, text: 'region nowhere' },
    ]);
    expect(parseSections('[broken\n= x').malformed).toHaveLength(2);
  });

  it('keeps duplicate sections separate', () => {
    expect(readSections('[a]\nk=1\n[b]\n[a]\nk=2').map(({ name }) => name)).toEqual(['a', 'b', 'a']);
  });

  it("recognizes every notation of a section's name", () => {
    expect(sectionNames(awsFile).has('profile dev')).toBe(true);
    expect(sectionNames(awsFile).has('dev')).toBe(false);
    expect(sectionNames('#[a]\n').has('a')).toBe(false);
    expect(sectionNames('[profile default]').has(configSection('default'))).toBe(true);
    expect(configSection('x')).toBe('profile x');
  });
});

describe('writing a section', () => {
  it('appends with the newlines of the file and keeps its last line end', () => {
    expect(set('[a]\r\nk=1\r\n', 'b', { k: '2' }).text).toBe('[a]\r\nk=1\r\n[b]\r\nk = 2\r\n');
    expect(set('[a]\nk=1', 'b', { k: '2' }).text).toBe('[a]\nk=1\n[b]\nk = 2');
    expect(set('', 'b', { k: '2' }).text).toBe('[b]\nk = 2\n');
  });

  it('replaces a section up to its last entry and keeps the comments below it', () => {
    const { text } = set(awsFile, 'profile prod', { region: 'eu-north-1' });
    expect(text).toBe(awsFile.replace(/\[profile prod\][\s\S]*output=json/, '[profile prod]\r\nregion = eu-north-1'));
    expect(text).toContain('; end of prod\r\n\r\n# about dev\r\n');
  });

  it('rejects a duplicate section in any notation, but not other duplicates', () => {
    const text = '[a]\nk=1\n[profile b]\nk=2\n[ a ] # again\nk=3\n';
    expect(() => set(text, 'a', ours)).toThrow(new DoubledSection('a'));
    expect(() => set(text, 'a', null)).toThrow(DoubledSection);
    expect(undo(set(text, 'profile b', ours).text, set(text, 'profile b', ours).undo).text).toBe(text);
  });

  it('removes a section when there are no entries', () => {
    const splice = set('[a]\nk=1\n[b]\nk=2\n', 'a', null);
    expect(splice.text).toBe('[b]\nk=2\n');
    expect(undo(splice.text, splice.undo).text).toBe('[a]\nk=1\n[b]\nk=2\n');
    expect(undo('[a]\ntheirs=1\n', splice.undo)).toEqual({ text: '[a]\ntheirs=1\n', outcome: 'changed' });
  });

  it('quotes a profile name with a space, as the CLI requires', () => {
    const { text } = set('', configSection('my team'), { region: 'x' });
    expect(text).toBe('[profile "my team"]\nregion = x\n');
    expect(sectionNames(text).has(configSection('my team'))).toBe(true);
  });

  it.each([
    ['a\n[b', { k: 'v' }],
    ['a]', { k: 'v' }],
    ['a\u0007', { k: 'v' }],
    ['a #b', { k: 'v' }],
    ['', { k: 'v' }],
    ['a', { 'k\n[b]': 'v' }],
    ['a', { 'k=l': 'v' }],
    ['a', { k: 'hush\nrole_arn = evil' }],
    ['a', { k: 'hush\r' }],
    ['a', { k: 'hush\u2028' }],
    ['a', { k: 'hush # hidden' }],
    ['a', { k: ' hush' }],
    ['a', { k: '' }],
  ])('rejects text that could not be read back: %j %j', (name, entries) => {
    expect(() => set('', name, entries as Record<string, string>)).toThrow(/^(?!.*hush)/s);
  });

  it('stores no written value in the undo', () => {
    const json = JSON.stringify(set(awsFile, 'profile prod', { ...ours, credential_process: 'node x.js' }).undo);
    for (const secret of [...Object.values(ours), 'node x.js']) {
      expect(json).not.toContain(secret);
    }
  });
});

describe('undoing a section', () => {
  it("keeps a changed section but removes the step's secrets from it", () => {
    const splice = set('[a]\nk=1\n', 'a', { ...ours, region: 'x' });
    const edited = splice.text
      .replace('region = x', 'region = y')
      .replace('aws_session_token = ', 'aws_session_token=');
    expect(undo(edited, splice.undo)).toEqual({ text: '[a]\nregion = y\n', outcome: 'changed' });
  });

  it('keeps secrets that another program wrote there', () => {
    const splice = set('', 'a', ours);
    const theirs = '[a]\naws_access_key_id = THEIRS\naws_secret_access_key = theirs\n';
    expect(undo(theirs, splice.undo)).toEqual({ text: theirs, outcome: 'changed' });
  });

  it("removes the step's secrets from a renamed section", () => {
    const splice = set('[z]\nk=1\n', 'a', { ...ours, region: 'x' });
    const renamed = splice.text.replace('[a]', '[b]');
    expect(undo(renamed, splice.undo)).toEqual({ text: '[z]\nk=1\n[b]\nregion = x\n', outcome: 'missing' });
  });

  it("leaves no empty section when it had only the step's secrets", () => {
    const splice = set('[z]\nk=1\n', 'a', { ...ours, region: 'x' });
    expect(undo(splice.text.replace('region = x\n', ''), splice.undo).text).toBe('[z]\nk=1\n');
  });

  it('reports a missing section', () => {
    const splice = set('', 'a', ours);
    expect(undo('[b]\n', splice.undo)).toEqual({ text: '[b]\n', outcome: 'missing' });
  });
});

const word = fc.constantFrom('a', 'b', 'default', 'profile a', 'profile b', 'profile default', 'sso-session a');
const line = fc.oneof(
  word.map((name) => `[${name}]`),
  word.map((name) => `[ ${name.replace(' ', '  ')}\t] # note`),
  word.map((name) => `  [${name}]`),
  fc.constantFrom('', '', '  ', '# c', '  ; c', '#[a]', '[profile "a"]', "[profile 'b']", '[a]#x', '[a] junk', '[]'),
  fc.constantFrom('[', 's3 =', '  x = 1', '\ty=2', 'region = eu-west-1', 'k: v', '= v', 'junk', 'k = é 𝒳', '\uFEFF[a]'),
  fc.constantFrom('aws_secret_access_key = old', 'role_arn=arn:aws:iam::1:role/a # b', 'k=v\r', '\r', 'a\rb'),
  fc.string({ maxLength: 6 }),
);
const nastyText = fc
  .tuple(
    fc.constantFrom('', '', '', '\uFEFF'),
    fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 14 }),
    fc.constantFrom('\n', '\r\n', undefined),
    fc.option(line, { nil: '' }),
  )
  .map(([bom, lines, style, last]) => bom + lines.map(([text, newline]) => text + (style ?? newline)).join('') + last);
const written = fc.tuple(word, fc.constantFrom<SectionWrite['entries']>(ours, { region: 'x' }, {}, null));

/** Writes sections into a file that contains each name at most once. */
const setIn = (text: string, ...steps: readonly (readonly [string, SectionWrite['entries']])[]) => {
  const names = readSections(text).map(({ name }) => name);
  fc.pre(steps.every(([name]) => names.filter((each) => each === normalName(name)).length < 2));
  return writeSections(
    text,
    steps.map(([name, entries]) => ({ name, entries })),
  );
};

describe('for any file', () => {
  it('undo restores every byte', () => {
    fc.assert(
      fc.property(nastyText, written, (text, [name, entries]) => {
        const splice = setIn(text, [name, entries]);
        expect(undo(splice.text, splice.undo).text).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  it('the section is read back as written, once', () => {
    fc.assert(
      fc.property(nastyText, word, (text, name) => {
        const sections = readSections(setIn(text, [name, ours]).text);
        const wanted = name === 'profile default' ? 'default' : name;
        const found = sections.filter((section) => section.name === wanted);
        expect(found.map(({ entries }) => Object.fromEntries(entries))).toEqual([ours]);
      }),
    );
  });

  it('every other section keeps its entries', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const others = (of: string) =>
          readSections(of)
            .filter(({ name }) => name !== 'a')
            .map(({ name, entries }) => [name, ...entries]);
        expect(others(setIn(text, ['a', ours]).text)).toEqual(others(text));
      }),
    );
  });

  it('nested steps are undone in reverse order', () => {
    fc.assert(
      fc.property(nastyText, fc.array(written, { maxLength: 5 }), (text, steps) => {
        const undos: (readonly SectionUndo[])[] = [];
        const states = [text];
        let current = text;
        for (const [name, entries] of steps) {
          const splice = setIn(current, [name, entries]);
          current = splice.text;
          undos.push(splice.undo);
          states.push(current);
        }
        for (const by of undos.toReversed()) {
          states.pop();
          current = undo(current, by).text;
          expect(current).toBe(states.at(-1));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('several sections of one call are undone together', () => {
    fc.assert(
      fc.property(nastyText, fc.array(written, { maxLength: 4 }), (text, steps) => {
        const splice = setIn(text, ...steps);
        expect(undoSections(splice.text, splice.undo).text).toBe(text);
      }),
    );
  });

  it('a second undo changes nothing', () => {
    fc.assert(
      fc.property(nastyText, written, (text, [name, entries]) => {
        const splice = setIn(text, [name, entries]);
        const once = undo(splice.text, splice.undo).text;
        expect(undo(once, splice.undo).text).toBe(once);
      }),
    );
  });

  it('sections of parallel steps are undone in any order', () => {
    // Appended sections in any file; overwritten sections only where the file ends with a newline.
    const orders = (names: string[]) => {
      const order = fc.shuffledSubarray(names, { minLength: names.length });
      return fc.tuple(order, order);
    };
    const closed = fc.tuple(
      nastyText.map((text) => `${text}\n`),
      orders(['p', 'q', 'profile r', 'profile a']),
    );
    // A trailing CR would form one newline with the LF of the first append.
    const any = fc.tuple(
      nastyText.filter((text) => !text.endsWith('\r')),
      orders(['p', 'q', 'profile r']),
    );
    fc.assert(
      fc.property(fc.oneof(closed, any), ([given, [there, back]]) => {
        const undos = new Map<string, readonly SectionUndo[]>();
        let current = given;
        for (const name of there) {
          const splice = setIn(current, [name, { ...ours, region: name }]);
          current = splice.text;
          undos.set(name, splice.undo);
        }
        for (const name of back) {
          current = undo(current, undos.get(name) ?? []).text;
        }
        expect(current).toBe(given);
      }),
      { numRuns: 1000 },
    );
  });
});

it('a thousand sections are written into five megabytes, and removed, in one pass', () => {
  const theirs = Array.from(
    { length: 50_000 },
    (_, index) => `[profile theirs-${index}]\nregion = eu-west-1\nk = ${'x'.repeat(60)}\n`,
  );
  const text = theirs.join('');
  const writes = Array.from({ length: 1000 }, (_, index) => ({ name: `ours-${index}`, entries: ours }));
  const started = performance.now();
  const written = writeSections(text, [...writes, { name: 'profile theirs-7', entries: null }]);
  expect(undoSections(written.text, written.undo).text).toBe(text);
  expect(performance.now() - started).toBeLessThan(20_000);
});

describe('the paths of the shared files', () => {
  it('are in the home folder unless the environment says otherwise', () => {
    expect(sharedConfigPaths({ AWS_CONFIG_FILE: '' }, '/home/me/')).toEqual({
      configFile: '/home/me/.aws/config',
      credentialsFile: '/home/me/.aws/credentials',
    });
    expect(sharedConfigPaths({ AWS_SHARED_CREDENTIALS_FILE: '~\\keys' }, 'C:\\Users\\me')).toEqual({
      configFile: 'C:\\Users\\me\\.aws\\config',
      credentialsFile: 'C:\\Users\\me\\keys',
    });
    expect(sharedConfigPaths({ AWS_CONFIG_FILE: '~/$&/c' }, '/h').configFile).toBe('/h/$&/c');
    expect(sharedConfigPaths({ AWS_CONFIG_FILE: '~you/c' }, '/h').configFile).toBe('~you/c');
  });

  it.each([
    ['', '/.aws/config', '/keys'],
    ['/', '/.aws/config', '/keys'],
    ['/x/link/..', '/x/link/../.aws/config', '/x/link/../keys'],
  ])('are those of Python and the SDKs for the home %j, never in the working folder', (home, configFile, keys) => {
    const paths = sharedConfigPaths({ AWS_SHARED_CREDENTIALS_FILE: '~/keys' }, home);
    expect(paths).toEqual({ configFile, credentialsFile: keys });
  });
});
