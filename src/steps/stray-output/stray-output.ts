/** The functions that receive output which this action does not write itself. */
export interface StrayOutput {
  /** Receives the output of libraries, and Node's warnings. */
  readonly write: (text: string) => void;
  /** Receives the message of an uncaught error; the process then ends. */
  readonly crash: (text: string) => void;
}

/** Redirects the output of libraries and of Node to the given functions, because it may contain secrets. */
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
