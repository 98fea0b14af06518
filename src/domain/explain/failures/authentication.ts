import type { FailureRow } from './failure-row.js';

const clock = {
  title: 'The clock of this machine is wrong',
  causes: ['The clocks of the runner and of AWS differ by more than five minutes. The AWS message shows both times.'],
  fixes: [
    'Synchronize the clock of the runner with NTP (timedatectl, chronyc makestep). If the machine was suspended, restart its NTP service.',
  ],
} as const;

/** Calls whose credentials or signature AWS rejects. */
export const authenticationFailures: readonly FailureRow[] = [
  {
    title: 'AWS rejected the access key or session token',
    codes: ['InvalidClientTokenId', 'UnrecognizedClientException'],
    causes: [
      { when: ['the keys are inputs'], text: 'The access key is mistyped, or was deleted or deactivated.' },
      {
        when: ['the keys are inputs'],
        text: 'The keys are temporary, and aws-session-token is missing or belongs to other keys.',
      },
      {
        when: ['the keys are in the environment'],
        text: 'The access key in AWS_ACCESS_KEY_ID was deleted or deactivated.',
      },
      {
        when: ['the keys are in the environment'],
        text: 'The keys are temporary, and AWS_SESSION_TOKEN is missing or belongs to other keys.',
      },
      {
        when: ['the machine gives the credentials'],
        text: 'The access key was deleted or deactivated, or its session token does not belong to it.',
      },
      'The role behind the session was deleted. A new role with the same name does not restore the session.',
      'The keys belong to another partition (aws, aws-cn, aws-us-gov, …) than the endpoint.',
      'The session comes from the global STS endpoint, and the Region is an opt-in Region. By default such sessions are not valid there.',
      'The keys were created seconds ago. Set retry-max-attempts: the step then retries this error.',
    ],
    fixes: [
      {
        when: ['the keys are inputs'],
        text: 'For temporary keys, set all three: aws-access-key-id, aws-secret-access-key and aws-session-token.',
      },
      'Test the base identity alone: run aws sts get-caller-identity with the same credentials.',
    ],
  },
  {
    title: 'The session that signs this call has expired',
    codes: ['ExpiredToken', 'ExpiredTokenException', 'RequestExpiredException'],
    causes: [
      {
        when: ['the keys are inputs'],
        text: 'aws-access-key-id, aws-secret-access-key and aws-session-token are the keys of an expired session.',
      },
      {
        when: ['the keys are in the environment'],
        text: 'AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN are the keys of an expired session.',
      },
      {
        when: ['the machine gives the credentials'],
        text: 'The credentials of the machine belong to an expired session.',
      },
      {
        when: ['an earlier hop gave the session'],
        text: 'The session of the previous hop expired while the step was running.',
      },
      'The clock of the runner is wrong.',
    ],
    fixes: [
      {
        when: ['the keys are inputs'],
        text: 'Set new keys. The keys of a session expire, so do not store them as a secret.',
      },
      { when: ['the keys are in the environment'], text: 'Get new keys in a step directly before this one.' },
      {
        when: ['the machine gives the credentials'],
        text: 'Renew the credentials of the machine, for example by signing in again.',
      },
      { when: ['an earlier hop gave the session'], text: 'Set a longer role-duration-seconds on the previous hop.' },
      { when: ['the job can request an ID token'], text: "Or start from the job's ID token: it needs no keys." },
      {
        when: ['the job cannot request an ID token'],
        text: "Or start from the job's ID token: it needs no keys. Add permissions: { id-token: write, contents: read } to the job.",
      },
    ],
  },
  { ...clock, codes: ['SignatureDoesNotMatch'], says: ['Signature expired', 'Signature not yet current', 'skew'] },
  { ...clock, codes: ['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture'] },
  {
    title: 'The call was signed for another Region or service',
    codes: ['SignatureDoesNotMatch'],
    says: ['Credential should be scoped'],
    causes: [
      'The endpoint does not serve the Region in aws-region.',
      'sts-endpoint (or AWS_ENDPOINT_URL_STS) is the address of another Region or service.',
    ],
    fixes: ['Remove sts-endpoint, or set aws-region to the Region of the endpoint.'],
  },
  {
    title: 'The secret access key is wrong',
    codes: ['SignatureDoesNotMatch'],
    causes: [
      {
        when: ['the keys are inputs'],
        text: 'aws-secret-access-key belongs to another access key, is truncated, or has spaces or quotes around it.',
      },
      {
        when: ['the keys are in the environment'],
        text: 'AWS_SECRET_ACCESS_KEY belongs to another access key, is truncated, or has spaces or quotes around it.',
      },
      {
        when: ['the machine gives the credentials'],
        text: 'The secret access key belongs to another access key, or is truncated.',
      },
      'A device between the runner and AWS changes the request, for example a proxy that decrypts TLS.',
    ],
    fixes: [
      {
        when: ['the keys are inputs'],
        text: 'Store the secret again, without quotes and without a line break at its end.',
      },
      "Or use no stored secret: start from the job's ID token (OIDC).",
    ],
  },
  {
    title: 'The call had no valid signature',
    codes: ['IncompleteSignature', 'MissingAuthenticationToken', 'IncompleteSignatureException'],
    causes: ['A proxy or endpoint between the runner and AWS removes or changes the Authorization header.'],
    fixes: ['Call STS directly, to see whether that works: add its host to no-proxy, and remove sts-endpoint.'],
  },
];
