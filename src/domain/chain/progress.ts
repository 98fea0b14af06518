/** How a walk tells what it does. The rooms that walk do not know where the words go. */
export interface Progress {
  /** Registers values as secrets; called before anything could show them. */
  readonly mask: (values: readonly string[]) => void;
  readonly info: (text: string) => void;
  readonly warn: (text: string) => void;
}
