/** How a walk reports its progress, independent of the output. */
export interface Progress {
  /** Registers secrets, before anything can print them. */
  readonly mask: (values: readonly string[]) => void;
  readonly info: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Debug output, shown only with step debugging. */
  readonly debug: (text: string) => void;
}
