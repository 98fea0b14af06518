/** Where output goes that no code of this action writes. */
export interface StrayOutput {
  /** What a library prints, and what Node warns of. */
  readonly write: (text: string) => void;
  /** What ends the process without anybody catching it. */
  readonly crash: (text: string) => void;
}

/** Lets what libraries and Node print by themselves leave the process as every other text does. */
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
