import type { FailureRow } from './row.js';

const clock = {
  title: 'The clock of this machine is off',
  causes: ["The runner's clock and AWS's differ by more than five minutes; AWS's words show both times."],
  fixes: ['Set the clock of the runner by NTP (timedatectl, chronyc makestep). After a suspend, restart its service.'],
} as const;

/** Who signs a call, and how. */
export const authenticationFailures: readonly FailureRow[] = [
  {
    title: 'AWS does not know these keys',
    codes: ['InvalidClientTokenId', 'UnrecognizedClientException'],
    causes: [
      'The access key was deleted or switched off, or was mistyped.',
      'The keys are temporary and the session token is missing, or belongs to other keys.',
      'The role behind the session was deleted (making it again does not bring the session back).',
      'The keys belong to another partition (aws, aws-cn, aws-us-gov) than the endpoint.',
      'The session comes from the global endpoint, and the Region is one that accounts opt in to.',
      'The keys are seconds old: retry-max-attempts tries again through that.',
    ],
    fixes: [
      'Check the base identity by itself: aws sts get-caller-identity with the same keys.',
      'Give all three of aws-access-key-id, aws-secret-access-key and aws-session-token for temporary keys.',
    ],
  },
  {
    title: 'The session that makes this call has expired',
    codes: ['ExpiredToken', 'ExpiredTokenException', 'RequestExpiredException'],
    causes: [
      'The base identity is a session that an earlier step or the machine left, and its time is over.',
      'The clock of the runner is far off.',
    ],
    fixes: [
      'Start from the job (OIDC), or get new base credentials right before this step.',
      'For jobs that outlive their session: refresh: true.',
    ],
  },
  { ...clock, codes: ['SignatureDoesNotMatch'], says: ['Signature expired', 'Signature not yet current', 'skew'] },
  { ...clock, codes: ['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture'] },
  {
    title: 'The call was signed for another Region or service',
    codes: ['SignatureDoesNotMatch'],
    says: ['Credential should be scoped'],
    causes: [
      'aws-region is not a Region that this endpoint serves.',
      'sts-endpoint (or AWS_ENDPOINT_URL_STS) points at another Region or service.',
    ],
    fixes: ['Take sts-endpoint out, or name the Region that belongs to it in aws-region.'],
  },
  {
    title: 'The secret does not belong to the access key',
    codes: ['SignatureDoesNotMatch'],
    causes: [
      'aws-secret-access-key is of another key, was cut, or has blanks or quotes around it.',
      'Something between the runner and AWS changes the request, for example a proxy that opens TLS.',
    ],
    fixes: [
      'Store the secret again, without quotes and without a line break at its end.',
      'Better: no stored secret at all. Start from the job (OIDC).',
    ],
  },
  {
    title: 'The call carried no usable signature',
    codes: ['IncompleteSignature', 'MissingAuthenticationToken', 'IncompleteSignatureException'],
    causes: ['A proxy or endpoint between the runner and AWS drops or changes the Authorization header.'],
    fixes: ['Ask STS directly (no-proxy, no sts-endpoint) and see whether it goes through.'],
  },
];
