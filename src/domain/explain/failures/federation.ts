import type { FailureRow } from './row.js';

const federated = ['AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML'];

/** Tokens and assertions. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors */
export const federationFailures: readonly FailureRow[] = [
  {
    title: "The role's account has no OIDC provider for this issuer",
    codes: ['InvalidIdentityToken', 'InvalidIdentityTokenException'],
    says: ['No OpenIDConnect provider found'],
    shows: 'token',
    causes: [
      'The OIDC provider was never made in the account of the role. Each account that a job enters by OIDC needs its own.',
      'The account number in the role is not the one that was meant.',
      'The provider stands for another address: the issuer has to match to the letter, an enterprise suffix included.',
    ],
    fixes: [
      'In that account: aws iam create-open-id-connect-provider --url <iss> --client-id-list <aud>',
      'Or enter AWS by a hub account that has the provider, and go on from there with role-chain.',
    ],
  },
  {
    title: 'The OIDC provider does not know this audience',
    codes: ['InvalidIdentityToken', 'InvalidIdentityTokenException'],
    says: ['Incorrect token audience'],
    shows: 'token',
    causes: [
      'The client IDs of the OIDC provider do not hold the aud of the token.',
      'The input audience asks for another one than the provider was made for.',
    ],
    fixes: [
      'Add it: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn <provider> --client-id <aud>',
      "Or set the input audience to one of the provider's client IDs. The trust policy's Condition on aud has to say the same.",
    ],
  },
  {
    title: "AWS could not fetch the token issuer's keys",
    codes: ['InvalidIdentityToken', 'InvalidIdentityTokenException'],
    says: ['verification key'],
    causes: [
      "AWS did not reach the issuer at that moment: under load this passes by itself, and the action's own retries were used up.",
      'The issuer is a server of your own, and AWS cannot reach its /.well-known/openid-configuration and JWKS from the internet.',
    ],
    fixes: [
      "Run the job again. If many jobs start at once, let them share one step's targets or start apart.",
      'For an issuer of your own: open both addresses to the internet, with a public certificate.',
    ],
  },
  {
    title: 'AWS could not read the token',
    codes: ['InvalidIdentityToken', 'InvalidIdentityTokenException'],
    shows: 'token',
    causes: [
      'It is no OIDC ID token: an access token, a file that was cut, or another file.',
      'It is signed with a key or an algorithm that the provider does not have.',
      'For SAML: the assertion is unsigned, for another provider, or too old.',
    ],
    fixes: ['Check what is in the file, and that the provider in AWS holds the metadata of the one who signed it.'],
  },
  {
    title: 'The token or assertion has expired',
    codes: ['ExpiredTokenException', 'ExpiredToken'],
    operations: federated,
    causes: [
      "The token file was written long before this step: GitHub's tokens live five minutes.",
      'The clock of whoever signed it is off.',
    ],
    fixes: [
      'Make the token in the step right before this one; with credential-source: oidc the action asks for a fresh one itself.',
    ],
  },
  {
    title: 'AWS could not reach the identity provider',
    codes: ['IDPCommunicationError', 'IDPCommunicationErrorException'],
    causes: ["The provider's server did not answer AWS in time, and the retries were used up."],
    fixes: ['Run the job again. If it stays, check that the provider answers from the internet.'],
  },
  {
    title: 'The identity provider rejected the token',
    codes: ['IDPRejectedClaim', 'IDPRejectedClaimException'],
    causes: ['The provider says that the token is not valid any more, or was revoked.'],
    fixes: ['Get a new token and try once more.'],
  },
];
