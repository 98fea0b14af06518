/** The receivers of output that this action does not write itself. */
export interface StrayOutput {
  /** Output of libraries, and Node's warnings. */
  readonly write: (text: string) => void;
  /** An uncaught error. */
  readonly crash: (text: string) => void;
}

/** Redirects output of libraries and Node to the action's own log. */
export function redirectStrayOutput({ write, crash }: StrayOutput): void {
  const print = (...values: readonly unknown[]) => write(values.map(textOf).join(' '));
  Object.assign(globalThis.console, { log: print, info: print, warn: print, error: print, debug: print, trace: print });
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => print(`${name}: ${message}`));
  process.on('uncaughtException', (error) => {
    crash(textOf(error));
    process.exit(1);
  });
}

function textOf(value: unknown): string {
  return value instanceof Error ? value.message : String(value);
}
