import type { Credentials } from '../domain/identifiers/credentials.js';
import { tryJson } from '../domain/input/try-json.js';
import { OutputTooLarge, runCommand } from '../process/run-command.js';

/**
 * Runs a profile's credential_process and reads the credentials it prints. Rejects with the reason; never repeats the
 * command line or the output, which may contain secrets.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sourcing-external.html
 */
export async function runCredentialProcess(command: string, signal: AbortSignal): Promise<Credentials> {
  const { exitCode, stdout, stderr } = await runCommand(command, signal).catch((error: unknown) => {
    throw error instanceof OutputTooLarge ? new Error(`its credential_process printed ${error.message}`) : error;
  });
  if (exitCode !== 0) {
    throw new Error(`its credential_process failed${lastLine(stderr)}`);
  }
  return readOutput(stdout);
}

function lastLine(stderr: string): string {
  const line = stderr.split(/[\r\n]+/).findLast((text) => text.trim() !== '');
  return line === undefined ? ' without output' : `: ${line.trim().slice(0, 200)}`;
}

function readOutput(stdout: string): Credentials {
  const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration } = parsed(stdout);
  if (Version !== 1) {
    throw new Error('its credential_process printed JSON without "Version": 1');
  }
  if (!isText(AccessKeyId) || !isText(SecretAccessKey)) {
    throw new Error('its credential_process printed no AccessKeyId or no SecretAccessKey');
  }
  const expiration = Expiration ? new Date(String(Expiration)) : undefined;
  if (expiration !== undefined && !(expiration.getTime() > Date.now())) {
    const isTime = !Number.isNaN(expiration.getTime());
    throw new Error(
      isTime
        ? `its credential_process printed credentials that ended at ${expiration.toISOString()}`
        : 'its credential_process printed an Expiration that is not a time',
    );
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(isText(SessionToken) && { sessionToken: SessionToken }),
    ...(expiration && { expiration }),
  };
}

function parsed(stdout: string): Readonly<Record<string, unknown>> {
  const value = tryJson(stdout);
  if (typeof value === 'object' && value !== null) {
    return value as Record<string, unknown>;
  }
  throw new Error('its credential_process printed no JSON object');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
