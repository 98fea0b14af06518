/** A set of AWS keys; with a session token they are temporary. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When the keys end; undefined for long-term keys and where nobody said. */
  readonly expiration?: Date;
}

/**
 * Whether the keys belong to a session rather than to a user.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function areTemporary({ accessKeyId, sessionToken }: Credentials): boolean {
  return sessionToken !== undefined || accessKeyId.startsWith('ASIA');
}

/** The values that must never be shown. */
export function secretsOf({ accessKeyId, secretAccessKey, sessionToken }: Credentials): readonly string[] {
  return [accessKeyId, secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])];
}

/** What is wrong with keys that no header, file or variable carries: AWS makes them of visible ASCII characters alone. */
export function malformedKey({ accessKeyId, secretAccessKey, sessionToken = '' }: Credentials): string | undefined {
  const keys = { 'access key ID': accessKeyId, 'secret access key': secretAccessKey, 'session token': sessionToken };
  const [name] = Object.entries(keys).find(([, key]) => /[^!-~]/.test(key)) ?? [];
  return name && `the ${name} holds a blank, a line break or another character that no key of AWS has`;
}
