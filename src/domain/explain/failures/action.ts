import type { FailureRow } from './row.js';

/** Failures that this action itself reports. */
export const actionFailures: readonly FailureRow[] = [
  {
    title: 'The account is not allowed',
    codes: ['AccountNotAllowed'],
    causes: [
      'The role or the base identity is in an account that allowed-account-ids does not list.',
      'allowed-account-ids is for another environment, for example for another entry of the matrix.',
    ],
    fixes: ['The step exported nothing. Correct the role, or add its account to allowed-account-ids.'],
  },
  {
    title: 'Every secret access key had special characters',
    codes: ['NoPlainSecret'],
    causes: [
      'special-characters-workaround requested sessions until the deadline of the step, and each secret had a + or a /.',
      'sts-endpoint is an STS whose secrets never have only letters and digits.',
    ],
    fixes: [
      'Give the step more time: action-timeout-s. Better: fix the tool that cannot read such a secret, and remove the input.',
    ],
  },
  {
    title: 'The profile gives no credentials',
    codes: ['ProfileWithoutCredentials'],
    causes: [
      'Its credential_process failed, or printed keys that have ended or no keys at all.',
      'Its sign-in session is missing or has expired. aws sso login and aws login need a browser, so their profiles seldom work in a job.',
      'Its section was changed since the step began, or is read by some tools only.',
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
        text: 'The step names no role. The job can request an ID token, but a token becomes AWS credentials only by assuming a role.',
      },
      'The source above has no credentials: no instance profile, no task role, an unset variable, or an unknown profile.',
      {
        when: ['the job cannot request an ID token'],
        text: 'The job should start from its ID token, and it lacks permissions: { id-token: write }.',
      },
      {
        when: ['the machine gives the credentials'],
        text: 'On EC2: the job runs in a container, and the metadata service allows one network hop only.',
      },
    ],
    fixes: [
      {
        when: ['no role is named', 'the job can request an ID token'],
        text: 'Name a role in role-to-assume, role-chain or targets. An unset variable makes an input empty.',
      },
      {
        when: ['the job cannot request an ID token'],
        text: "Start from the job's ID token: add permissions: { id-token: write, contents: read } to the job. Runs for pull requests from forks, and for Dependabot, never get an ID token.",
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
    title: 'A key or token holds an invalid character',
    codes: ['ERR_INVALID_CHAR'],
    causes: ['A line break or another character was copied into the secret or variable along with the key or token.'],
    fixes: ['Set it again, without blanks and line breaks.'],
  },
  {
    title: 'The answer did not come from STS',
    codes: ['NotAnStsAnswer', 'IncompleteAnswer', 'MalformedCredentials', 'AnswerTooLarge', 'Unknown', 'HTTP *'],
    causes: [
      'sts-endpoint (or AWS_ENDPOINT_URL_STS) is not the address of STS.',
      'A proxy or a login page answers at the address of STS.',
    ],
    fixes: ['Check the endpoint and the proxy. On the runner, curl -v <the endpoint> shows which server answers.'],
  },
  {
    title: 'STS answered for another role',
    codes: ['WrongSession', 'WrongIdentity'],
    causes: [
      'Something between the runner and STS changes or mixes up answers: a proxy, a cache, a gateway.',
      'sts-endpoint (or AWS_ENDPOINT_URL_STS) is a stand-in that answers the same for every role.',
    ],
    fixes: ['Nothing was exported. Call STS directly, and check which server answers: curl -v <the endpoint>.'],
  },
  {
    title: 'The session that STS gave has ended already',
    codes: ['SessionEnded'],
    causes: ['A proxy or cache gave an old answer again.', 'The clock of sts-endpoint is wrong.'],
    fixes: ['Nothing was exported. Answers of STS must not be cached: let the proxy pass them on.'],
  },
];
