import { deadlineCode } from '../../chain/call-failure.js';
import type { FailureRow } from './row.js';

const tokenService = ['GetIdToken'];

/** Services that are busy, ill or not there. */
export const serviceFailures: readonly FailureRow[] = [
  {
    title: 'The call was throttled',
    codes: [
      'Throttling*',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'SlowDown',
      'RequestThrottled*',
      'HTTP 429',
    ],
    causes: ['Too many calls of one account in one Region at a time, and the retries were used up.'],
    fixes: [
      'Walk many accounts in one step with targets: shared hops are made once.',
      'Allow more attempts and more time: retry-max-attempts and action-timeout-s. max-parallel holds a matrix back.',
    ],
  },
  {
    title: "GitHub's token service is ill",
    codes: ['HTTP 5*'],
    operations: tokenService,
    causes: ['The service that gives ID tokens to jobs failed, and the retries were used up.'],
    fixes: ['See githubstatus.com and run the job again.'],
  },
  {
    title: 'AWS has a failure of its own',
    codes: ['InternalFailure', 'InternalError', 'ServiceUnavailable', 'ServiceUnavailableException', 'HTTP 5*'],
    causes: ['STS, or a proxy before it, failed, and the retries were used up.'],
    fixes: ['See health.aws.amazon.com and run the job again. Another aws-region asks another STS.'],
  },
  {
    title: 'The step ran out of time',
    codes: [deadlineCode],
    causes: [
      'Something between the runner and AWS swallows packets: a firewall, a missing proxy, a private subnet without a way out.',
      'Many retries of a busy service, or a very long chain.',
    ],
    fixes: [
      'Look in the log at which line it stood still.',
      'action-timeout-s gives it longer (0 for no bound); http-proxy names a proxy.',
    ],
  },
];
