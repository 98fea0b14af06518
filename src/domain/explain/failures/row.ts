/** What one kind of failure means: its likely causes in order, and what to do. */
export interface FailureRow {
  readonly title: string;
  /** AWS's codes, wire names and shape names, or Node's, or our own; a `*` at the end stands for the rest of the code. */
  readonly codes: readonly string[];
  /** Words of which one has to stand in the message; any message where left out. */
  readonly says?: readonly string[];
  /** Calls the row is about; every call where left out. */
  readonly operations?: readonly string[];
  /** What else an explanation shows: the policies of both sides, or the job's token beside a policy that accepts it. */
  readonly shows?: 'policies' | 'token';
  /** What stands before the causes. */
  readonly note?: string;
  readonly causes: readonly string[];
  /** `<iss>`, `<aud>`, `<provider>` and `<role>` stand for what the failed hop had there. */
  readonly fixes: readonly string[];
}
