import { fingerprintOf } from '../input/fingerprint.js';
import { tryJson } from '../input/try-json.js';
import { splitFile } from './section-text.js';
import { isRecord, isSectionUndo, type SectionUndo } from './section-undo.js';

/**
 * The record that concurrent steps share about one AWS file, so that the original is restored in whatever order their
 * jobs end.
 */
export interface SharedFile {
  /** The file mode before the first step restricted it. */
  readonly mode?: number;
  /** If a step created the file: the folders that the step created for it, the deepest first. */
  readonly made?: readonly string[];
  /** The start time of each step, in milliseconds since 1970. */
  readonly steps: Readonly<Record<string, number>>;
  /** By section name: the steps that overwrote the section, oldest first. */
  readonly sections: Readonly<Record<string, readonly WrittenOver[]>>;
}

/** A section that a step overwrote. */
export interface WrittenOver {
  readonly step: string;
  readonly undo: SectionUndo;
}

/** One step and what it wrote to the file. */
export interface StepSections {
  readonly step: string;
  readonly sections: readonly SectionUndo[];
}

/** Maximum milliseconds from the start of a step to the end of its job, and more: GitHub ends a job after five days. */
const longestJob = 6 * 24 * 60 * 60 * 1000;

/**
 * What a step changed so that a private file exists: `mode` is the former mode if others could read the file; `made`
 * are the folders that the step created because the file did not exist.
 */
export type FoundFile = Pick<SharedFile, 'mode' | 'made'>;

function originOf(shared: SharedFile | undefined, found: FoundFile): FoundFile {
  const [mode, made] = [found.mode ?? shared?.mode, found.made ?? shared?.made];
  return { ...(mode !== undefined && { mode }), ...(made !== undefined && { made }) };
}

/** Adds a step to the record and returns the new record; undefined if there is nothing to record. */
export function joinSharedFile(
  shared: SharedFile | undefined,
  { step, sections }: StepSections,
  { now, ...found }: FoundFile & { readonly now: number },
): SharedFile | undefined {
  const known = new Map(Object.entries(shared?.sections ?? {}));
  const added = sections.filter(({ name, original }) => original !== null || known.has(name));
  const origin = originOf(shared, found);
  if (shared === undefined && added.length === 0 && Object.keys(origin).length === 0) {
    return undefined;
  }
  for (const undo of added) {
    known.set(undo.name, [...(known.get(undo.name) ?? []), { step, undo }]);
  }
  return {
    ...origin,
    steps: { ...running(shared?.steps ?? {}, now), [step]: now },
    sections: Object.fromEntries(known),
  };
}

/** What a step undoes when its job ends, and what it leaves to other steps. */
export interface LeftFile {
  /** The record without the step; undefined if no other step needs it. */
  readonly shared: SharedFile | undefined;
  /** What to undo in the file. */
  readonly sections: readonly SectionUndo[];
  /** Names of sections that a later step overwrote. That step now restores the original that this step recorded. */
  readonly handedOn: readonly string[];
  /** If no other step uses the file: the mode to restore, and the created folders, to remove with a file left empty. */
  readonly found?: FoundFile;
}

/** Removes a step from the record. If a later step overwrote one of its sections, that step inherits the original. */
export function leaveSharedFile(
  shared: SharedFile,
  { step, sections }: StepSections,
  { text, now }: { readonly text: string; readonly now: number },
): LeftFile {
  const shown = new Set(splitFile(text).sections.map((part) => fingerprintOf(part.text)));
  const stacks = new Map(Object.entries(shared.sections));
  const left = [...sections, ...onlyInRecord(shared, { step, sections })].map((section) => {
    const { undo, isCovered, rest } = leaveStack(stacks.get(section.name) ?? [], { step, section });
    stacks.set(section.name, rest);
    // A later step that was killed before it wrote is in the record, but the section in the file is still this step's.
    const isShown = undo.ours !== null && shown.has(undo.ours);
    return { undo, isOwn: !isCovered || isShown };
  });
  const steps = Object.fromEntries(Object.entries(running(shared.steps, now)).filter(([id]) => id !== step));
  const isLast = Object.keys(steps).length === 0;
  const isAlive = ({ undo: { ours } }: WrittenOver) => !isLast || ours === null || shown.has(ours);
  const kept = [...stacks]
    .map(([name, stack]) => [name, stack.filter(isAlive)] as const)
    .filter(([, stack]) => stack.length > 0);
  const found = originOf(shared, {});
  return {
    shared:
      isLast && kept.length === 0 ? undefined : { ...(!isLast && found), steps, sections: Object.fromEntries(kept) },
    sections: left.filter(({ isOwn }) => isOwn).map(({ undo }) => undo),
    handedOn: left.filter(({ isOwn }) => !isOwn).map(({ undo }) => undo.name),
    ...(isLast && { found }),
  };
}

/** The sections of a step that only the record knows, because the step's state is lost or incomplete. */
function onlyInRecord(shared: SharedFile, { step, sections }: StepSections): readonly SectionUndo[] {
  const known = new Set(sections.map(({ name }) => name));
  return Object.entries(shared.sections).flatMap(([name, stack]) =>
    known.has(name) ? [] : stack.filter((entry) => entry.step === step).map(({ undo }) => undo),
  );
}

/**
 * Removes a step from the steps that overwrote one section, oldest first; the next step inherits the original.
 * `isCovered` says whether there is a next step, so that the section in the file is not this step's.
 */
function leaveStack(
  stack: readonly WrittenOver[],
  { step, section }: { step: string; section: SectionUndo },
): { undo: SectionUndo; isCovered: boolean; rest: readonly WrittenOver[] } {
  const at = stack.findIndex((entry) => entry.step === step);
  const undo = stack[at]?.undo ?? section;
  const above =
    at >= 0
      ? stack[at + 1]
      : stack.find(({ undo: { original } }) => original !== null && fingerprintOf(original.text) === undo.ours);
  const others = stack.filter((entry) => entry.step !== step);
  const rest = others.map((entry) => (entry === above ? { ...entry, undo: inherit(entry.undo, undo) } : entry));
  return { undo, isCovered: above !== undefined, rest };
}

function inherit(above: SectionUndo, { original }: SectionUndo): SectionUndo {
  const place = original?.place ?? above.original?.place;
  return { ...above, original: original === null ? null : { text: original.text, ...(place && { place }) } };
}

/** Parses a record; undefined if it is invalid. */
export function parseSharedFile(text: string): SharedFile | undefined {
  const value = tryJson(text);
  if (!isRecord(value) || !isRecord(value.steps) || !isRecord(value.sections)) {
    return undefined;
  }
  const isMode = value.mode === undefined || (Number.isSafeInteger(value.mode) && Number(value.mode) <= 0o777);
  const isMade = value.made === undefined || (Array.isArray(value.made) && value.made.every(isText));
  const hasTimes = Object.values(value.steps).every(Number.isSafeInteger);
  const hasStacks = Object.values(value.sections).every((stack) => Array.isArray(stack) && stack.every(isWrittenOver));
  return isMode && isMade && hasTimes && hasStacks ? (value as unknown as SharedFile) : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isWrittenOver(value: unknown): value is WrittenOver {
  return isRecord(value) && typeof value.step === 'string' && isSectionUndo(value.undo);
}

/** The steps whose job can still run. */
function running(steps: Readonly<Record<string, number>>, now: number): Record<string, number> {
  return Object.fromEntries(Object.entries(steps).filter(([, began]) => now - began < longestJob));
}
