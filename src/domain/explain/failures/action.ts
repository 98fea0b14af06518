import type { FailureRow } from './row.js';

const tokenService = ['GetIdToken'];

/** What this action itself finds wrong. */
export const actionFailures: readonly FailureRow[] = [
  {
    title: 'The session lies in an account that is not allowed',
    codes: ['AccountNotAllowed'],
    causes: [
      'The role, or the base identity, is in another account than allowed-account-ids names.',
      'allowed-account-ids is for another environment, for example of another matrix entry.',
    ],
    fixes: ['Nothing was exported. Correct the role, or add its account to allowed-account-ids.'],
  },
  {
    title: 'Every secret access key had special characters',
    codes: ['NoPlainSecret'],
    causes: ['special-characters-workaround asked as often as it may, and each secret held a + or a /.'],
    fixes: ['Run the job again: it is chance. Better: mend what cannot take such a secret, and drop the input.'],
  },
  {
    title: 'There are no credentials to start from',
    codes: ['CredentialsNotFound'],
    causes: [
      'The source named above has none: no instance profile, no task role, an unset variable, an unknown profile.',
      'The job was meant to start by OIDC, and lacks permissions: { id-token: write }.',
      'On EC2: the metadata service takes one network hop only, and the job runs in a container.',
    ],
    fixes: [
      'Start by OIDC: add permissions: { id-token: write, contents: read } to the job. Runs for pull requests from forks, and for Dependabot, never get an ID token.',
      'Or say where credentials come from: credential-source.',
      'For containers on EC2: aws ec2 modify-instance-metadata-options --http-put-response-hop-limit 2.',
    ],
  },
  {
    title: 'The token file cannot be used',
    codes: ['TokenFileUnreadable'],
    causes: ['The path is wrong, or the step that writes the file did not run.'],
    fixes: ['The words above say what is wrong with it. Relative paths lie in the workspace.'],
  },
  {
    title: 'GitHub refused to give the job an ID token',
    codes: ['RequestTokenRefused'],
    causes: [
      "The job's request token is over: it lives about six hours from the start of the job.",
      'The request variables come from another job (copied into a file, an image or a service).',
      'A proxy answers in the name of the token service.',
    ],
    fixes: ['Run the job again, and split a job that runs for longer than six hours.'],
  },
  {
    title: 'The token service gave no token',
    codes: ['NoTokenInAnswer', 'HTTP *'],
    operations: tokenService,
    causes: ['ACTIONS_ID_TOKEN_REQUEST_URL does not point at a token service.', 'A proxy answers in its name.'],
    fixes: [
      'Run the job again. Behind a proxy, put the host of the token service into no-proxy, or let the proxy pass it.',
    ],
  },
  {
    title: 'The answer did not come from STS',
    codes: ['NotAnStsAnswer', 'IncompleteAnswer', 'Unknown', 'HTTP *'],
    causes: [
      'sts-endpoint (or AWS_ENDPOINT_URL_STS) points at something that is not STS.',
      'A proxy or a login page answers in its name.',
    ],
    fixes: ['Check the endpoint and the proxy: curl -v <the endpoint> from the runner shows who answers.'],
  },
];
