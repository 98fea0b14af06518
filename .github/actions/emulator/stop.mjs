// Stops the emulator that start.mjs started, because not every runner ends the processes that a job leaves behind.
const pid = Number(process.env.STATE_pid);

if (pid > 0) {
  try {
    process.kill(pid);
    console.log(`Sent SIGTERM to the emulator, process ${pid}.`);
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
    console.log(`The emulator, process ${pid}, had already ended.`);
  }
}
