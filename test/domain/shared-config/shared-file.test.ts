import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SectionUndo } from '../../../src/domain/shared-config/section-undo.js';
import {
  joinSharedFile,
  leaveSharedFile,
  parseSharedFile,
  type SharedFile,
} from '../../../src/domain/shared-config/shared-file.js';
import { undoSections } from '../../../src/domain/shared-config/undo-sections.js';
import { type SectionWrite, writeSections } from '../../../src/domain/shared-config/write-sections.js';

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const stored = (shared: SharedFile | undefined) => {
  const back = shared === undefined ? undefined : parseSharedFile(JSON.stringify(shared));
  expect(back).toEqual(shared);
  return back;
};

/** One AWS file and the record next to it. */
interface Machine {
  text: string;
  shared?: SharedFile | undefined;
  mode: number;
  /** Undefined if the file does not exist. */
  folders: readonly string[] | undefined;
}

function enter(machine: Machine, step: string, writes: readonly SectionWrite[]): SectionUndo[] {
  const { text, undo } = writeSections(machine.text, writes);
  const found = {
    ...(machine.mode !== 0o600 && { mode: machine.mode }),
    ...(machine.folders === undefined && { made: ['/home/me/.aws'] }),
  };
  machine.shared = stored(joinSharedFile(machine.shared, { step, sections: undo }, { ...found, now: 0 }));
  machine.folders ??= ['/home/me/.aws'];
  machine.text = text;
  machine.mode = 0o600;
  return throughJson(undo);
}

function leave(machine: Machine, step: string, sections: readonly SectionUndo[]): void {
  if (machine.shared === undefined) {
    machine.text = undoSections(machine.text, sections).text;
    return;
  }
  const left = leaveSharedFile(machine.shared, { step, sections }, { text: machine.text, now: 0 });
  machine.text = undoSections(machine.text, left.sections).text;
  machine.shared = stored(left.shared);
  machine.mode = left.found?.mode ?? machine.mode;
  if (left.found?.made !== undefined && machine.text === '') {
    expect(left.found.made).toEqual(machine.folders);
    machine.folders = undefined;
  }
}

const before = ['', '[b]\nk = theirs\n', '[a]\nk = theirs\n', '# mine\n[a]\nk = theirs\n\n# b\n[b]\nk=2\n'];
const steps = ['p', 'q', 'r', 's'];
/** Each step writes its keys to one or both sections, or removes their keys. */
const writesOf =
  (step: string) =>
  (kind: string): readonly SectionWrite[] =>
    [...kind].map((name) => ({
      name: name.toLowerCase(),
      entries: name === name.toLowerCase() ? { aws_secret_access_key: step } : null,
    }));

interface Course {
  readonly text: string;
  readonly mode: number;
  readonly entering: readonly string[];
  readonly kinds: Iterator<string>;
  readonly picks: Iterator<number>;
}

/** Runs main and post of several steps in some order; returns the machine after the last post. */
function afterAll({ text, mode, entering, kinds, picks }: Course): Machine {
  const exists = text !== '';
  const machine: Machine = { text, mode: exists ? mode : 0o600, folders: exists ? [] : undefined };
  const inside = new Map<string, SectionUndo[]>();
  const leaveOne = () => {
    const [step, undo] = [...inside][(picks.next().value ?? 0) % inside.size] ?? ['', []];
    inside.delete(step);
    leave(machine, step, undo);
    for (const gone of steps.filter((each) => !inside.has(each))) {
      expect(machine.text).not.toContain(`aws_secret_access_key = ${gone}`);
    }
  };
  for (const step of entering) {
    inside.set(step, enter(machine, step, writesOf(step)(kinds.next().value ?? 'a')));
    expect(machine.mode).toBe(0o600);
    if ((picks.next().value ?? 0) % 3 === 0) {
      leaveOne();
    }
  }
  while (inside.size > 0) {
    leaveOne();
  }
  return machine;
}

const courses = (...kinds: readonly string[]) =>
  fc.record({
    text: fc.constantFrom(...before),
    mode: fc.constantFrom(0o600, 0o644),
    entering: fc.uniqueArray(fc.constantFrom(...steps), { minLength: 1 }),
    kinds: fc.infiniteStream(fc.constantFrom(...kinds)),
    picks: fc.infiniteStream(fc.nat()),
  });

it('the original is restored byte for byte, in whatever order overlapping steps end', () => {
  fc.assert(
    fc.property(courses('a', 'b', 'ab'), (course) => {
      const { text } = course;
      const [mode, folders] = text === '' ? [0o600, undefined] : [course.mode, []];
      expect(afterAll(course)).toEqual({ text, mode, folders, shared: undefined });
    }),
    { numRuns: 1000 },
  );
});

it("no line is lost, and no step's keys are left, when steps also remove sections", () => {
  const lines = (text: string) => text.split('\n').sort();
  fc.assert(
    fc.property(courses('a', 'b', 'A', 'ab', 'Ab', 'AB', 'aB'), (course) => {
      const { text, mode, shared } = afterAll(course);
      expect({ lines: lines(text), mode, shared }).toEqual({
        lines: lines(course.text),
        mode: course.text === '' ? 0o600 : course.mode,
        shared: undefined,
      });
    }),
    { numRuns: 1000 },
  );
});

it.each([
  '',
  'no json',
  '[]',
  '{}',
  '{"steps":{},"sections":[]}',
  '{"steps":{"a":"x"},"sections":{}}',
  '{"mode":4095,"steps":{},"sections":{}}',
  '{"made":[7],"steps":{},"sections":{}}',
  '{"steps":{},"sections":{"a":[{"step":"p","undo":{}}]}}',
])('an invalid record counts as none: %s', (text) => {
  expect(parseSharedFile(text)).toBeUndefined();
});

it('a step without a post is forgotten after six days, and the mode is restored', () => {
  const day = 24 * 60 * 60 * 1000;
  const crashed = joinSharedFile(undefined, { step: 'p', sections: [] }, { mode: 0o644, now: 0 });
  const both = joinSharedFile(crashed, { step: 'q', sections: [] }, { now: day });
  const at = (now: number) => leaveSharedFile(both as SharedFile, { step: 'q', sections: [] }, { text: '', now });
  expect(at(2 * day)).toMatchObject({ shared: { mode: 0o644, steps: { p: 0 } } });
  expect(at(7 * day)).toMatchObject({ shared: undefined, found: { mode: 0o644 } });
});
