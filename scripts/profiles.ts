import { profilesCommand } from './profiles-command.js';

const { stdout, stderr, exitCode } = await profilesCommand(process.argv.slice(2));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
