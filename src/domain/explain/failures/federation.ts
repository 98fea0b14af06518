import type { FailureRow } from './failure-row.js';

const invalidToken = ['InvalidIdentityToken', 'InvalidIdentityTokenException'];

/**
 * Tokens and assertions.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors
 */
export const federationFailures: readonly FailureRow[] = [
  {
    title: 'The account of the role has no OIDC provider for this issuer',
    codes: invalidToken,
    says: ['No OpenIDConnect provider found'],
    shows: 'token',
    causes: [
      'The OIDC provider was not created in this account. Every account in which a job assumes a role with an ID token needs its own.',
      "The account ID in the role's ARN is wrong.",
      'The provider has another URL. The URL must be exactly the issuer, including an enterprise name at its end.',
    ],
    fixes: [
      'In that account: aws iam create-open-id-connect-provider --url <iss> --client-id-list <aud>',
      'Or use role-chain: first a role in an account that has the provider, then this role.',
    ],
  },
  {
    title: 'The OIDC provider does not accept this audience',
    codes: invalidToken,
    says: ['Incorrect token audience'],
    shows: 'token',
    causes: [
      'The client IDs of the OIDC provider do not include the aud of the token.',
      'The input audience is wrong.',
    ],
    fixes: [
      'Add the audience: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn <provider> --client-id <aud>',
      'Or set the input audience to one of the client IDs of the provider. The Condition on aud in the trust policy must have the same value.',
    ],
  },
  {
    title: "AWS could not fetch the keys of the token's issuer",
    codes: invalidToken,
    says: ['verification key'],
    causes: [
      'AWS could not reach the issuer for a moment, for example because many jobs started at once.',
      'The issuer is a private server, and AWS cannot reach its /.well-known/openid-configuration and its JWKS from the internet.',
    ],
    fixes: [
      'Run the job again. If many jobs start at once, put their targets into one step, or start the jobs at different times.',
      'For a private server: make both addresses reachable from the internet, with a public certificate.',
    ],
  },
  {
    title: 'AWS rejected the token or assertion as invalid',
    codes: invalidToken,
    shows: 'token',
    causes: [
      {
        when: ['the token is in a file'],
        text: 'The file does not contain an OIDC ID token, but for example an access token, or the token is truncated.',
      },
      {
        when: ['the assertion is in a file'],
        text: 'The assertion is unsigned, truncated, too old, or made for another provider.',
      },
      'The token or assertion is signed with a key or an algorithm that the provider in AWS does not have.',
    ],
    fixes: [
      {
        when: ['the token is in a file'],
        text: 'Check the content of the file. Check that the URL of the OIDC provider in AWS is the issuer of the token.',
      },
      {
        when: ['the assertion is in a file'],
        text: 'Check the content of the file. Check that the SAML provider in AWS has the current metadata of the identity provider.',
      },
      {
        when: ["the job's ID token is used"],
        text: 'Check that the URL of the OIDC provider in AWS is the issuer of the token.',
      },
    ],
  },
  {
    title: 'The token or assertion has expired',
    codes: ['ExpiredTokenException', 'ExpiredToken'],
    operations: ['AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML'],
    causes: [
      { when: ['the token is in a file'], text: 'The token in the file was issued too long before this step.' },
      { when: ['the assertion is in a file'], text: 'The assertion in the file was issued too long before this step.' },
      {
        when: ["the job's ID token is used"],
        text: "The token expired before AWS received it. GitHub's tokens are valid for five minutes.",
      },
      'The clock of the issuer is wrong.',
    ],
    fixes: [
      { when: ['the token is in a file'], text: 'Write the file in the step directly before this one.' },
      { when: ['the assertion is in a file'], text: 'Write the file in the step directly before this one.' },
      {
        when: ['the token is in a file', 'the job can request an ID token'],
        text: 'Or set credential-source: oidc. The step then requests a new token itself.',
      },
      { when: ["the job's ID token is used"], text: 'Run the job again.' },
    ],
  },
  {
    title: 'AWS could not reach the identity provider',
    codes: ['IDPCommunicationError', 'IDPCommunicationErrorException'],
    causes: ['The server of the identity provider did not answer AWS in time.'],
    fixes: ['Run the job again. If it fails again, check that AWS can reach the identity provider from the internet.'],
  },
  {
    title: 'The identity provider rejected the token',
    codes: ['IDPRejectedClaim', 'IDPRejectedClaimException'],
    causes: ['The identity provider says that the token is no longer valid or was revoked.'],
    fixes: ['Get a new token and run the job again.'],
  },
];
