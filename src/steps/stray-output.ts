/** Lets what libraries and Node print by themselves leave the process as every other text does. */
export function redirectStrayOutput(write: (text: string) => void): void {
  const print = (...values: readonly unknown[]) =>
    write(values.map((value) => (value instanceof Error ? value.message : String(value))).join(' '));
  Object.assign(globalThis.console, { log: print, info: print, warn: print, error: print, debug: print, trace: print });
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => print(`${name}: ${message}`));
}
