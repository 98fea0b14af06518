import type { Masker } from './masker.js';
import type { Annotation, AnnotationLevel } from './step-result.js';

/** What a stage has printed and requested so far. Lines are masked when logged: a later mask does not change them. */
interface StepRecord {
  readonly log: string[];
  readonly annotations: Annotation[];
  readonly masks: string[];
  readonly warnings: string[];
  readonly outputs: Record<string, string>;
  readonly state: Record<string, string>;
  readonly environmentChanges: Record<string, string>;
  readonly pathChanges: string[];
  /** Set when the runner could not carry out a command. The step then fails whatever its exit code. */
  refused: boolean;
  summary: string;
  rawSummary: string;
}

/** Where a stage writes: its record, the job's masker, and whether debug lines are shown. */
export interface StepContext {
  readonly record: StepRecord;
  readonly masker: Masker;
  readonly debug: boolean;
}

// The runner keeps ten annotations of each level per step and cuts messages, and their log lines, at this length.
const mostAnnotations = 10;
const longestMessage = 4096;

/** An empty record with the state that an earlier stage of the same step saved. */
export function emptyRecord(state: Readonly<Record<string, string>>): StepRecord {
  return {
    log: [],
    annotations: [],
    masks: [],
    warnings: [],
    outputs: {},
    state: { ...state },
    environmentChanges: {},
    pathChanges: [],
    refused: false,
    summary: '',
    rawSummary: '',
  };
}

/** Writes a line to the log, masked. */
export function output(context: StepContext, line: string): void {
  context.record.log.push(context.masker.mask(line));
}

/** Writes a message to the log, line by line, when the job runs with debug logging. */
export function debug(context: StepContext, message: string): void {
  if (!context.debug) {
    return;
  }
  for (const line of message.split(/\r?\n/)) {
    output(context, `##[debug]${line}`);
  }
}

/** Adds an annotation and its log line. */
export function annotate(
  context: StepContext,
  issue: { level: AnnotationLevel; message: string; properties?: Readonly<Record<string, string>> },
): void {
  const message = context.masker.mask(issue.message).slice(0, longestMessage);
  const properties = issue.properties ?? {};
  const title = properties.title;
  const { annotations } = context.record;
  if (annotations.filter(({ level }) => level === issue.level).length < mostAnnotations) {
    annotations.push({ level: issue.level, ...(title === undefined ? {} : { title }), message, properties });
  }
  output(context, `##[${issue.level}]${message}`);
}

/** A warning by the runner itself: an annotation, its log line, and an entry in the step's warnings. */
export function warn(context: StepContext, message: string): void {
  context.record.warnings.push(message);
  annotate(context, { level: 'warning', message });
}

/** An error by the runner itself that does not change the step's conclusion. */
export function reportError(context: StepContext, message: string): void {
  context.record.warnings.push(message);
  annotate(context, { level: 'error', message });
}

/** The runner rejects a command: an error with its reason, and the step fails. */
export function refuse(context: StepContext, message: string, reason: unknown): void {
  reportError(context, message);
  reportError(context, reason instanceof Error ? reason.message : String(reason));
  context.record.refused = true;
}
