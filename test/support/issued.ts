import type { IssuedCredentials } from '../../emulator/session/issue-credentials.js';

/** Issued credentials as variables. */
export function asVariables({ accessKeyId, secretAccessKey, sessionToken }: IssuedCredentials) {
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken };
}

/** Issued credentials as inputs. */
export function asInputs({ accessKeyId, secretAccessKey, sessionToken }: IssuedCredentials) {
  return {
    'aws-access-key-id': accessKeyId,
    'aws-secret-access-key': secretAccessKey,
    'aws-session-token': sessionToken,
  };
}

/** Issued credentials as a section of the credentials file. */
export function asProfile(name: string, { accessKeyId, secretAccessKey, sessionToken }: IssuedCredentials): string {
  return `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\n`;
}
