/** The stream that a line came from. */
export type StreamName = 'stdout' | 'stderr';

/** One line as the process wrote it, before masks and commands. */
export interface RawLine {
  readonly stream: StreamName;
  readonly line: string;
}

/** The three levels of GitHub's annotations. */
export type AnnotationLevel = 'error' | 'warning' | 'notice';

/** An annotation. The message is masked and cut as the runner does; the properties are as the step wrote them. */
export interface Annotation {
  readonly level: AnnotationLevel;
  readonly title?: string;
  readonly message: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** A watched secret in a raw line that is not the command that masks it. */
export interface Leak {
  readonly value: string;
  readonly line: string;
}

/** What one stage of a step (main, post or `run:`) did, as the runner and the log show it. */
export interface StepResult {
  /** The process's exit code; 128 plus the signal number when a signal ended it. */
  readonly exitCode: number;
  /** `failure` also when the runner rejected a command despite exit code 0; `skipped` when post-if was false. */
  readonly conclusion: 'success' | 'failure' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
  readonly raw: string;
  readonly rawLines: readonly RawLine[];
  readonly stdout: string;
  readonly stderr: string;
  readonly annotations: readonly Annotation[];
  readonly masks: readonly string[];
  readonly summary: string;
  /** The summary before masking: a secret here would reach GitHub if its mask were missing. */
  readonly rawSummary: string;
  readonly state: Readonly<Record<string, string>>;
  readonly environmentChanges: Readonly<Record<string, string>>;
  readonly pathChanges: readonly string[];
  readonly leaks: readonly Leak[];
  readonly warnings: readonly string[];
  readonly timedOut: boolean;
  readonly durationMs: number;
}

/** The result of a stage that its condition skipped. */
export function skippedResult(): StepResult {
  return {
    exitCode: 0,
    conclusion: 'skipped',
    outputs: {},
    log: '',
    raw: '',
    rawLines: [],
    stdout: '',
    stderr: '',
    annotations: [],
    masks: [],
    summary: '',
    rawSummary: '',
    state: {},
    environmentChanges: {},
    pathChanges: [],
    leaks: [],
    warnings: [],
    timedOut: false,
    durationMs: 0,
  };
}
