import { environmentCredentials } from './domain/process-credentials.js';

try {
  process.stdout.write(`${JSON.stringify(environmentCredentials({ ...process.env }))}\n`);
} catch (error) {
  process.stderr.write(`assume-role: ${error instanceof Error ? error.message : 'unknown error'}\n`);
  process.exitCode = 1;
}
