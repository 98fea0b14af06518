import { AwsError } from '../wire/aws-error.js';

/** The console domain of each partition, and the Region of its IAM console. */
const consoles: Readonly<Record<string, readonly [domain: string, region: string]>> = {
  aws: ['console.aws.amazon.com', 'us-east-1'],
  'aws-cn': ['console.amazonaws.cn', 'cn-north-1'],
  'aws-us-gov': ['console.amazonaws-us-gov.com', 'us-gov-west-1'],
  'aws-eusc': ['console.amazonaws-eusc.eu', 'eusc-de-east-1'],
};
const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';
const idLength = 25;

/**
 * Adds an authorization ID and a link to a denial; returns every other error unchanged.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html
 */
export function withAuthorizationId(error: AwsError, partition: string): AwsError {
  const { code, status, text = '' } = error;
  const isDenial = code === 'AccessDenied' && /\bnot authorized to perform\b/i.test(text);
  const [domain, region] = consoles[partition] ?? [];
  if (!isDenial || domain === undefined) {
    return error;
  }
  const id = Array.from({ length: idLength }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join('');
  const link = `https://${region}.${domain}/iam/home?region=${region}#/authorization-details/${id}`;
  const hint = `Go to ${link} for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: ${id}`;
  return new AwsError(code, status, `${text}. ${hint}`);
}
