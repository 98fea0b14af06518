import type { Session } from 'node:inspector';

/** The data of the watchdog thread. */
interface WatchData {
  readonly delayMs: number;
  readonly lastWords: readonly string[];
  readonly stream: 1 | 2;
  readonly exitCode: number;
  /** The current stage of the work; negative when it is done. */
  readonly stage: Int32Array;
}

/**
 * Runs in its own thread, from its source text, so it may use only its arguments. After the deadline, it ends
 * the process, whatever blocks the main thread: running JavaScript is interrupted, and a system call
 * that does not return is killed with the process.
 */
export function watch(load: NodeJS.Require, { delayMs, lastWords, stream, exitCode, stage }: WatchData): void {
  setTimeout(() => {
    const at = Atomics.load(stage, 0);
    if (at < 0) {
      return;
    }
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 400);
    const session: Session = new (load('node:inspector').Session)();
    session.on('Debugger.paused', ({ params }) => {
      const callFrameId = params.callFrames[0]?.callFrameId ?? '';
      session.post('Debugger.evaluateOnCallFrame', { callFrameId, expression: `process.exit(${exitCode})` });
    });
    const { closeSync, writeSync } = load('node:fs');
    writeSync(stream, lastWords[at]);
    // At exit, Node would write to stderr that it waits for the debugger.
    closeSync(2);
    session.connectToMainThread();
    session.post('Debugger.enable');
    session.post('Debugger.pause');
  }, delayMs);
}
