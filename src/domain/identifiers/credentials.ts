/** AWS credentials; temporary if they have a session token. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When the credentials expire; undefined for long-term keys and if unknown. */
  readonly expiration?: Date;
}

/**
 * Whether the keys belong to a session, not to a user.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function areTemporary({ accessKeyId, sessionToken }: Credentials): boolean {
  return sessionToken !== undefined || accessKeyId.startsWith('ASIA');
}

/** The values to mask: the access key ID, the secret access key, and the session token if there is one. */
export function secretsOf({ accessKeyId, secretAccessKey, sessionToken }: Credentials): readonly string[] {
  return [accessKeyId, secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])];
}

/** Says which key has a character that AWS never uses (keys are visible ASCII); undefined if none has. */
export function malformedKey({ accessKeyId, secretAccessKey, sessionToken = '' }: Credentials): string | undefined {
  const keys = { 'access key ID': accessKeyId, 'secret access key': secretAccessKey, 'session token': sessionToken };
  const [name] = Object.entries(keys).find(([, key]) => /[^!-~]/.test(key)) ?? [];
  return name && `the ${name} contains a space, a line break or another character that AWS never uses in keys`;
}

/**
 * Minimum remaining milliseconds of credentials that a tool gets: boto3 and the AWS CLI renew credentials 15 minutes
 * before they expire.
 */
export const leastLeftMs = 15 * 60_000;
