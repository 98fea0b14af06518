import type { Session } from 'node:inspector';

/** What the second thread is given. */
interface WatchData {
  readonly delayMs: number;
  readonly lastWords: readonly string[];
  readonly stream: 1 | 2;
  readonly exitCode: number;
  /** The stage that the work is at; below 0 where it is over. */
  readonly stage: Int32Array;
}

/**
 * Runs in a thread of its own, from its source alone, so it uses nothing but its arguments. Once the time is over it ends
 * the process, whatever holds the first thread: JavaScript that runs is interrupted for an exit, and a call of the system
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
    // On its way out, Node writes to stderr that it waits for the debugger.
    closeSync(2);
    session.connectToMainThread();
    session.post('Debugger.enable');
    session.post('Debugger.pause');
  }, delayMs);
}
