import type { FailureRow } from './row.js';

const denied = ['AccessDenied', 'AccessDeniedException'];
const saml = ['AssumeRoleWithSAML'];
const webIdentity = ['AssumeRoleWithWebIdentity'];

const freshRole =
  'The role or its policy is seconds old, and IAM has not spread it yet: retry-max-attempts tries again through that.';
const noDeny = 'Find the statement with Effect: Deny in the policy that AWS names, and narrow or remove it.';

/** What AWS refuses to somebody it knows. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export const authorizationFailures: readonly FailureRow[] = [
  {
    title: 'Root cannot assume roles',
    codes: [...denied, 'RootCannotAssumeRoles'],
    says: ['Roles may not be assumed by root accounts', 'cannot assume a role'],
    causes: ['The base identity is the root user of its account, and AWS lets root assume no role.'],
    fixes: ['Start from an IAM role or user. Best: an OIDC provider and a role, with no keys at all.'],
  },
  {
    title: 'A federation session cannot assume roles',
    codes: ['FederationCannotAssumeRoles'],
    causes: ['The base identity comes from GetFederationToken, and AWS lets such a session assume no role.'],
    fixes: ['Start from a role, from a user, or from the job (OIDC).'],
  },
  {
    title: 'A session cannot ask for another session token',
    codes: denied,
    says: ['Cannot call GetSessionToken', 'Cannot call GetFederationToken'],
    causes: ['The keys are temporary, and this call takes long-term keys only.'],
    fixes: ['Start from the temporary keys themselves: name a role to assume with them.'],
  },
  {
    title: 'AWS wants MFA',
    codes: denied,
    says: ['MultiFactorAuthentication failed'],
    causes: ['The role asks for a code of an MFA device, and the code or the device did not fit.'],
    fixes: ['A job has no MFA device: take the MFA condition out of this role, or make a role of its own for CI.'],
  },
  {
    title: 'A policy denies this hop explicitly',
    codes: denied,
    says: ['with an explicit deny in'],
    causes: ['The kind of policy that AWS names above holds a Deny that covers this call. No Allow can outweigh it.'],
    fixes: [
      noDeny,
      'A service control or resource control policy is changed by whoever runs the AWS Organization; AWS may name it at the end of its words.',
    ],
  },
  {
    title: 'AWS refused the session tags',
    codes: denied,
    says: ['perform: sts:TagSession', 'perform sts:TagSession'],
    shows: 'policies',
    causes: [
      'The trust policy of the role does not allow sts:TagSession for this caller. AssumeRole alone does not cover tags.',
      "The caller's own policy does not allow sts:TagSession on this role. Across accounts both sides must.",
      'A condition on the tags is not met: aws:RequestTag, aws:TagKeys or sts:TransitiveTagKeys.',
    ],
    fixes: [
      'Allow sts:TagSession on both sides, as below.',
      'Or send no tags: take out custom-tags, set role-skip-session-tagging: true, or do not make them transitive.',
    ],
  },
  {
    title: 'AWS refused the source identity',
    codes: denied,
    says: ['perform: sts:SetSourceIdentity', 'perform sts:SetSourceIdentity'],
    shows: 'policies',
    causes: [
      'The trust policy of the role does not allow sts:SetSourceIdentity for this caller.',
      "The caller's own policy does not allow sts:SetSourceIdentity on this role. Across accounts both sides must.",
      'A condition on sts:SourceIdentity does not accept this value.',
    ],
    fixes: [
      'Allow sts:SetSourceIdentity on both sides, as below; every hop after the one that sets it needs it too.',
      'Or take source-identity out of the step.',
    ],
  },
  {
    title: 'AWS did not let this job in',
    codes: denied,
    operations: webIdentity,
    shows: 'token',
    note: 'AWS does not say which part did not fit.',
    causes: [
      "The Condition on sub in the role's trust policy does not match the job's token: another repository, branch, environment or event, or the other form of sub.",
      'The Condition on aud does not match the audience of the token.',
      "The Principal is not the OIDC provider of the role's own account, or Action is not sts:AssumeRoleWithWebIdentity.",
      'There is no role of this name in this account (upper and lower case and the path count).',
      'A resource control policy of the AWS Organization denies it.',
      freshRole,
    ],
    fixes: ["Compare the token's claims with the role's trust policy, or paste the one below."],
  },
  {
    title: 'AWS did not let the SAML assertion in',
    codes: denied,
    operations: saml,
    shows: 'token',
    causes: [
      "The role's trust policy does not name this SAML provider, or Action is not sts:AssumeRoleWithSAML.",
      'The Condition on SAML:aud does not match the assertion.',
      'The assertion does not name this role and this provider as a pair.',
      'There is no role of this name in this account.',
    ],
    fixes: ['Compare the assertion with the trust policy below.'],
  },
  {
    title: 'AWS refused this hop, and says which kind of policy is silent',
    codes: denied,
    says: ['because no '],
    shows: 'policies',
    causes: ['The kind of policy that AWS names above does not allow this call.'],
    fixes: [
      'Add the Allow to the policy that AWS names. A role trust policy or resource-based policy is the trust policy of the role; an identity-based policy is the permissions policy of the caller. Both stand below.',
      'A permissions boundary, session policy, VPC endpoint policy or service control policy has to allow the call too: it is a limit on top of the others.',
    ],
  },
  {
    title: 'AWS refused this hop',
    codes: denied,
    operations: ['AssumeRole'],
    shows: 'policies',
    note: 'AWS gives this one answer for many causes and does not say which it is.',
    causes: [
      'There is no such role: a typing mistake in the account, the path or the name, or in upper and lower case.',
      'The trust policy of the role does not name the caller. (A caller that was deleted and made again shows there as AROA… or AIDA…, and has to be named anew.)',
      'A Condition of the trust policy is not met: external ID, organization, source address, session name, MFA, source identity or tags.',
      'The caller itself is not allowed sts:AssumeRole on this role. Across accounts it always has to be.',
      'A service control policy, permissions boundary or session policy limits the caller.',
      freshRole,
    ],
    fixes: ['Check that the role exists, then compare both policies below with what is there.'],
  },
  {
    title: 'AWS refused the call',
    codes: denied,
    causes: [
      'A policy on the way denies it, for example of a VPC endpoint.',
      'A service between the runner and AWS answers in its name.',
    ],
    fixes: ["Read AWS's words above, and check the endpoint that was asked."],
  },
];
