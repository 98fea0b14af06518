/** How a walk tells what it does. The rooms that walk do not know where the words go. */
export interface Progress {
  /** Registers values as secrets; called before anything could show them. */
  readonly mask: (values: readonly string[]) => void;
  readonly info: (text: string) => void;
  readonly warn: (text: string) => void;
  /** For step debugging: shown only where it is switched on. */
  readonly debug: (text: string) => void;
}
