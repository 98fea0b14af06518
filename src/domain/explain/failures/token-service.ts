import type { FailureRow } from './failure-row.js';

const refused = ['RequestTokenRefused', 'HTTP 4*'];
const operations = ['GetIdToken'];

const anotherServer = 'A proxy answers instead of the token service.';
const expired = "The job's request token has expired. It is valid for about six hours from the start of the job.";
const copied =
  'The ACTIONS_ID_TOKEN_REQUEST_ variables were copied from another job (into a file, an image or a service).';
const runAgain = 'Run the job again. Split a job that runs for longer than six hours.';

/** Failures of the service that issues ID tokens to jobs. https://docs.github.com/en/actions/reference/security/oidc */
export const tokenServiceFailures: readonly FailureRow[] = [
  {
    title: 'The token service refused the audience',
    codes: refused,
    says: ['audience'],
    operations,
    causes: ['The token service does not issue tokens for the audience of this step.'],
    fixes: [
      'Remove the input audience, or set it to a client ID of the OIDC provider in IAM.',
      'Your own server (GitHub Enterprise Server, Forgejo) may limit the audiences in its settings.',
    ],
  },
  {
    title: 'This job may not request an ID token',
    codes: refused,
    says: ['not accessible by integration', 'permission', 'not enabled', 'disabled', 'not allowed to'],
    operations,
    causes: [
      'The job does not have permissions: { id-token: write }. A reusable workflow has it only if its caller has it too.',
      'The organization or enterprise forbids ID tokens for this repository.',
    ],
    fixes: [
      'Add permissions: { id-token: write, contents: read } to the job. In a reusable workflow, add it to the calling job too.',
      'Runs for pull requests from forks get no ID token, and runs of Dependabot have read-only permissions by default.',
    ],
  },
  {
    title: 'The token service says that the job has ended',
    codes: refused,
    says: [
      'expired',
      'completed',
      'finished',
      'cancelled',
      'canceled',
      'not running',
      'no longer',
      'is over',
      'job not found',
    ],
    operations,
    causes: [expired, 'The job was cancelled or timed out while this step ran.', copied],
    fixes: [runAgain],
  },
  {
    title: 'The token service refused to issue an ID token',
    codes: ['RequestTokenRefused'],
    causes: [expired, copied, anotherServer],
    fixes: [runAgain],
  },
  {
    title: 'The token service throttled the request',
    codes: ['HTTP 429'],
    operations,
    causes: ['Many jobs or steps requested a token at once.'],
    fixes: ['Run the job again. A higher retry-max-attempts allows more retries.'],
  },
  {
    title: 'The token service failed',
    codes: ['HTTP 5*'],
    operations,
    causes: ['The service that issues ID tokens failed.'],
    fixes: ['Check githubstatus.com, and run the job again.'],
  },
  {
    title: 'The token service returned no token',
    codes: ['NoTokenInAnswer', 'NoTokenService', 'AnswerTooLarge', 'HTTP *'],
    operations,
    causes: ['ACTIONS_ID_TOKEN_REQUEST_URL is not the address of a token service.', anotherServer],
    fixes: [
      'Run the job again. Behind a proxy, add the host of the token service to no-proxy, or allow it in the proxy.',
    ],
  },
];
