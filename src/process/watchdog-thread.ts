import type { Session } from 'node:inspector';

/** The data of the watchdog thread. */
interface WatchData {
  readonly delayMs: number;
  readonly finalMessages: readonly string[];
  readonly stream: 1 | 2;
  readonly exitCode: number;
  /** The current stage of the work; negative when it is done. */
  readonly stage: Int32Array;
}

/**
 * Ends the process after the deadline, whatever blocks the main thread: JavaScript that runs is interrupted, and a
 * system call that does not return ends with the killed process. The watchdog thread runs the source text of this
 * function, so it may use only its parameters.
 */
export function watch(load: NodeJS.Require, { delayMs, finalMessages, stream, exitCode, stage }: WatchData): void {
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
    writeSync(stream, finalMessages[at]);
    // At exit, Node would write to stderr that it waits for the debugger.
    closeSync(2);
    session.connectToMainThread();
    session.post('Debugger.enable');
    session.post('Debugger.pause');
  }, delayMs);
}
