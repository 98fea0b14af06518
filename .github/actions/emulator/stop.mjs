// Ends the emulator that start.mjs started in this job. Not every runner ends the processes that a job leaves behind.
const pid = Number(process.env.STATE_pid);

if (pid > 0) {
  try {
    process.kill(pid);
    console.log(`Process ${pid}, the emulator, was told to end.`);
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
    console.log(`Process ${pid}, the emulator, has ended already.`);
  }
}
