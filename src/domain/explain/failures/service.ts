import { deadlineCode } from '../../chain/call-failure.js';
import type { FailureRow } from './row.js';

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
      'Allow more retries: retry-max-attempts and action-timeout-s. In a matrix, max-parallel limits the jobs at once.',
    ],
  },
  {
    title: 'AWS failed',
    codes: ['InternalFailure', 'InternalError', 'ServiceUnavailable', 'ServiceUnavailableException', 'HTTP 5*'],
    causes: ['STS, or a proxy in front of it, failed.'],
    fixes: ['See health.aws.amazon.com and run the job again. Another aws-region has another STS endpoint.'],
  },
  {
    title: 'The step ran out of time, because AWS throttled it',
    codes: [deadlineCode],
    says: ['throttled this walk'],
    causes: [
      'The walk makes more calls than AWS allows this account in the time that the step has.',
      'Other jobs of the account call STS in the same Region at the same time.',
    ],
    fixes: [
      'Set action-timeout-s to more than the number of targets and shared hops, divided by the calls a second above.',
      'Split the targets over several steps or jobs only if their base identities are in different accounts.',
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
    title: 'The step ran out of time',
    codes: [deadlineCode],
    causes: [
      'A firewall, a missing proxy or a private subnet without internet access drops the packets to AWS.',
      'The service was overloaded and needed many retries, or the chain is very long.',
    ],
    fixes: [
      'Find the last line of the log before the wait.',
      'Set a longer action-timeout-s (0 for no limit), or name a proxy in http-proxy.',
    ],
  },
];
