// Preloaded into a program: shifts its clock by TEST_CLOCK_OFFSET_MS and speeds its timers up by TEST_TIMER_SPEED.
const { TEST_CLOCK_OFFSET_MS = '0', TEST_TIMER_SPEED = '1' } = process.env;
const offset = Number(TEST_CLOCK_OFFSET_MS);
const speed = Number(TEST_TIMER_SPEED);
const MachineDate = Date;

globalThis.Date = class ShiftedDate extends MachineDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [MachineDate.now() + offset] : parts));
  }

  static now() {
    return MachineDate.now() + offset;
  }
};

if (speed !== 1) {
  const timers = require('node:timers');
  const machineTimer = timers.setTimeout;
  timers.setTimeout = (act, milliseconds, ...values) => machineTimer(act, milliseconds / speed, ...values);
  globalThis.setTimeout = timers.setTimeout;
}
