import type { FailureRow } from './failure-row.js';

/** Failures that this action itself reports. */
export const actionFailures: readonly FailureRow[] = [
  {
    title: 'The account is not allowed',
    codes: ['AccountNotAllowed'],
    causes: [
      'The role or the base identity is in an account that allowed-account-ids does not list.',
      'allowed-account-ids lists the accounts of another environment, for example of another matrix entry.',
    ],
    fixes: ['Nothing was exported. Correct the role, or add its account to allowed-account-ids.'],
  },
  {
    title: 'Every secret access key had special characters',
    codes: ['NoPlainSecret'],
    causes: [
      'special-characters-workaround requested sessions until the deadline of the step. Every secret access key contained a + or a /.',
      'The STS at sts-endpoint never issues secret access keys with only letters and digits.',
    ],
    fixes: [
      'Set a longer action-timeout-s. Or, better, fix the tool that cannot read such a key, and remove special-characters-workaround.',
    ],
  },
  {
    title: 'The profile gives no credentials',
    codes: ['ProfileWithoutCredentials'],
    causes: [
      'The credential_process of the profile failed, printed expired keys, or printed no keys.',
      'The sign-in session of the profile is missing or has expired. aws sso login and aws login need a browser, so such profiles rarely work in a job.',
      'The section of the profile was changed after the step started, or only some tools can read it.',
    ],
    fixes: [
      'Run this on the runner, as the user of the job: aws sts get-caller-identity --profile <the profile above>.',
      'Set credential-source to the source of the credentials, or name another profile. The step never falls back to the role of the machine.',
    ],
  },
  {
    title: 'No credentials found',
    codes: ['CredentialsNotFound'],
    causes: [
      {
        when: ['no role is named', 'the job can request an ID token'],
        text: 'No input names a role. AWS gives credentials for an ID token only with a role.',
      },
      'The source above has no credentials: no instance profile, no task role, an unset variable, or an unknown profile.',
      {
        when: ['the job cannot request an ID token'],
        text: 'The job does not have permissions: { id-token: write }, so it cannot start from its ID token.',
      },
      {
        when: ['the machine gives the credentials'],
        text: 'On EC2: the job runs in a container, and the metadata service allows only one network hop.',
      },
    ],
    fixes: [
      {
        when: ['no role is named', 'the job can request an ID token'],
        text: 'Name a role in role-to-assume, role-chain or targets. An unset variable makes an input empty.',
      },
      {
        when: ['the job cannot request an ID token'],
        text: "Start from the job's ID token: add permissions: { id-token: write, contents: read } to the job. Runs for pull requests from forks get no ID token, and runs of Dependabot have read-only permissions by default.",
      },
      'Set credential-source to the source of the credentials.',
      {
        when: ['the machine gives the credentials'],
        text: 'For containers on EC2: aws ec2 modify-instance-metadata-options --http-put-response-hop-limit 2.',
      },
    ],
  },
  {
    title: 'The step cannot use the token file',
    codes: ['TokenFileUnreadable'],
    causes: ['The path is wrong, or the step that writes the file did not run.'],
    fixes: ['The message above says what is wrong with the file. A relative path starts at the workspace.'],
  },
  {
    title: 'A key or token contains an invalid character',
    codes: ['ERR_INVALID_CHAR'],
    causes: ['The secret or variable contains a line break or another character besides the key or token.'],
    fixes: ['Set the secret or variable again, without spaces and line breaks.'],
  },
  {
    title: 'The answer did not come from STS',
    codes: ['NotAnStsAnswer', 'IncompleteAnswer', 'MalformedCredentials', 'AnswerTooLarge', 'Unknown', 'HTTP *'],
    causes: [
      'sts-endpoint (or AWS_ENDPOINT_URL_STS) is not the address of STS.',
      'A proxy or a login page answers instead of STS.',
    ],
    fixes: ['Check the endpoint and the proxy. On the runner, curl -v <the endpoint> shows which server answers.'],
  },
  {
    title: 'STS answered for another role',
    codes: ['WrongSession', 'WrongIdentity'],
    causes: [
      'A proxy, cache or gateway between the runner and STS changes or mixes up answers.',
      'The server at sts-endpoint (or AWS_ENDPOINT_URL_STS) gives the same answer for every role, as a mock does.',
    ],
    fixes: ['Nothing was exported. Call STS directly, and check which server answers: curl -v <the endpoint>.'],
  },
  {
    title: 'STS returned an expired session',
    codes: ['SessionEnded'],
    causes: ['A proxy or cache returned an old answer.', 'The clock of the server at sts-endpoint is wrong.'],
    fixes: ['Nothing was exported. Configure the proxy so that it does not cache answers of STS.'],
  },
];
