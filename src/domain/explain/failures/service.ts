import { deadlineCode } from '../../calls/call-failure.js';
import type { FailureRow } from './failure-row.js';

/** Services that are overloaded or that fail. */
export const serviceFailures: readonly FailureRow[] = [
  {
    title: 'AWS throttled the call',
    codes: [
      'Throttling*',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'SlowDown',
      'RequestThrottled*',
      'HTTP 429',
    ],
    causes: ['One account sent too many calls at once in one Region.'],
    fixes: [
      'Reach many accounts in one step with targets: it makes each shared hop once.',
      'Allow more retries: retry-max-attempts and action-timeout-s. In a matrix, max-parallel limits how many jobs run at once.',
    ],
  },
  {
    title: 'AWS failed',
    codes: ['InternalFailure', 'InternalError', 'ServiceUnavailable', 'ServiceUnavailableException', 'HTTP 5*'],
    causes: ['STS, or a proxy in front of it, failed.'],
    fixes: ['Check health.aws.amazon.com, and run the job again. Another aws-region uses another STS endpoint.'],
  },
  {
    title: 'The step timed out because AWS throttled it',
    codes: [deadlineCode],
    says: ['throttled this step'],
    causes: [
      'The step needs more calls than AWS allows this account until the deadline of the step.',
      'Other jobs of the account call STS in the same Region at the same time.',
    ],
    fixes: [
      'Set a longer action-timeout-s: more than (targets + shared hops) ÷ (calls per second in the message above).',
      'Several steps or jobs help only if their base identities are in different accounts.',
    ],
  },
  {
    title: 'A credential_process did not end in time',
    codes: [deadlineCode],
    says: ['The credential_process of'],
    causes: [
      'The command waits for user input, for a browser, or for a server that the runner cannot reach.',
      'The command is very slow.',
    ],
    fixes: [
      'Run this on the runner, as the user of the job: aws sts get-caller-identity --profile <the profile above>.',
      'Set a longer action-timeout-s, or set credential-source to another source.',
    ],
  },
  {
    title: 'The step timed out',
    codes: [deadlineCode],
    causes: [
      'A firewall, a missing proxy or a private subnet without internet access drops the packets to AWS.',
      'The service was overloaded and needed many retries, or the chain is very long.',
    ],
    fixes: [
      'Read the last line of the log before the pause: it shows what the step was doing.',
      'Set a longer action-timeout-s (0 for no limit). If the runner needs a proxy, set http-proxy.',
    ],
  },
];
