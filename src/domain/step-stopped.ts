import type { Stopped } from './session.js';

/** A walk in which at least one target was not reached; nothing was exported for any. */
export class StepStopped extends Error {
  readonly stops: readonly Stopped[];

  constructor(stops: readonly Stopped[]) {
    super(stops.map(({ failure }) => `${failure.operation}: ${failure.code}`).join('; '));
    this.name = 'StepStopped';
    this.stops = stops;
  }
}
