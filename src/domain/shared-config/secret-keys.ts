/** The keys of AWS files whose value is a part of credentials; the AWS CLI and boto3 read the older last one too. */
export const credentialKeys = [
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'aws_security_token',
] as const;

/** The keys of AWS files whose value may be or contain a secret. */
export const secretKeys: ReadonlySet<string> = new Set([...credentialKeys, 'credential_process']);
