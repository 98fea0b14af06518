import type { FailureRow } from './failure-row.js';

const denied = ['AccessDenied', 'AccessDeniedException'];

const freshRole =
  'The role or its policy was changed seconds ago, and AWS has not applied the change everywhere yet. Set retry-max-attempts: the step then retries this error.';

/**
 * Calls that AWS denies to an authenticated caller.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const authorizationFailures: readonly FailureRow[] = [
  {
    title: 'The root user cannot assume roles',
    codes: [...denied, 'RootCannotAssumeRoles'],
    says: ['Roles may not be assumed by root accounts', 'cannot assume a role'],
    causes: ['The base identity is the root user of its account. AWS does not allow the root user to assume a role.'],
    fixes: ["Start from an IAM role or an IAM user. The safest start is the job's ID token (OIDC): it needs no keys."],
  },
  {
    title: 'A federation session cannot assume roles',
    codes: ['FederationCannotAssumeRoles'],
    causes: ['The base identity comes from GetFederationToken. AWS does not allow such a session to assume a role.'],
    fixes: ["Start from a role, from an IAM user, or from the job's ID token (OIDC)."],
  },
  {
    title: 'A session cannot request another session token',
    codes: denied,
    says: ['Cannot call GetSessionToken', 'Cannot call GetFederationToken'],
    causes: ['The keys are temporary. This call accepts long-term keys only.'],
    fixes: ['Use the temporary keys as the base identity, and name the role to assume with them.'],
  },
  {
    title: 'The role requires MFA',
    codes: denied,
    says: ['MultiFactorAuthentication failed'],
    causes: ['The role requires a code from an MFA device, and AWS rejected the code or the device.'],
    fixes: ['A job has no MFA device. Remove the MFA condition from this role, or create a separate role for CI.'],
  },
  {
    title: 'A policy explicitly denies this call',
    codes: denied,
    says: ['with an explicit deny in'],
    causes: ['A policy of the type that AWS names above denies this call. An Allow cannot override a Deny.'],
    fixes: [
      'Find the statement with "Effect": "Deny" in that policy, and restrict it or remove it.',
      'Only the administrators of the AWS Organization can change a service control policy or a resource control policy. The AWS message may end with the ARN of the policy.',
    ],
  },
  {
    title: 'AWS refused the session tags',
    codes: denied,
    says: ['perform: sts:TagSession', 'perform sts:TagSession'],
    shows: 'policies',
    causes: [
      'The trust policy of the role does not allow sts:TagSession for this caller. sts:AssumeRole alone does not allow tags.',
      'The policy of the caller does not allow sts:TagSession on this role. If the caller and the role are in different accounts, both policies must allow it.',
      'A Condition on the tags does not match: aws:RequestTag, aws:TagKeys or sts:TransitiveTagKeys.',
    ],
    fixes: [
      'If both policies allow sts:TagSession under a Condition, send the tags that the Condition requires (custom-tags, transitive-tag-keys).',
      'Otherwise allow sts:TagSession in both policies, as shown below.',
      'Or send no tags: remove custom-tags, set role-skip-session-tagging: true, or do not make tags transitive.',
    ],
  },
  {
    title: 'AWS refused the source identity',
    codes: denied,
    says: ['perform: sts:SetSourceIdentity', 'perform sts:SetSourceIdentity'],
    shows: 'policies',
    causes: [
      'The trust policy of the role does not allow sts:SetSourceIdentity for this caller.',
      'The policy of the caller does not allow sts:SetSourceIdentity on this role. If the caller and the role are in different accounts, both policies must allow it.',
      'A Condition on sts:SourceIdentity does not match this value.',
    ],
    fixes: [
      'If both policies allow sts:SetSourceIdentity under a Condition, send the value that the Condition requires (source-identity).',
      'Otherwise allow sts:SetSourceIdentity in both policies, as shown below. Every later hop needs it too.',
      'Or remove source-identity from the step.',
    ],
  },
  {
    title: 'AWS rejected the ID token for this role',
    codes: denied,
    operations: ['AssumeRoleWithWebIdentity'],
    shows: 'token',
    note: 'AWS does not say which part of the trust policy did not match.',
    causes: [
      "The Condition on sub in the role's trust policy does not match the token: another repository, branch, environment or event, or the other form of sub (with or without IDs).",
      'A Condition on another claim does not match. AWS can test actor, actor_id, enterprise_id, environment, job_workflow_ref, ref, repository, repository_id and workflow. A claim that the token does not have never matches.',
      'The sub of this repository is customized and contains other claims, such as runner_environment or repo_property_*. AWS tests those claims only as part of sub.',
      'The Condition on aud does not match the audience of the token.',
      "The Principal is not the OIDC provider in the role's own account, or the Action is not sts:AssumeRoleWithWebIdentity.",
      'The account has no role with this name. The path must match, and so must upper and lower case.',
      'A resource control policy of the AWS Organization denies the call.',
      freshRole,
    ],
    fixes: [
      "Compare the token's claims below with the Condition in the role's trust policy.",
      'If the trust policy names another branch, environment or workflow on purpose, do not change it. Run the job on that branch, in that environment or from that workflow. (environment: NAME sets the environment of a job.)',
      'If this job should be allowed to assume the role, add the statement below to its trust policy.',
    ],
  },
  {
    title: 'AWS rejected the SAML assertion for this role',
    codes: denied,
    operations: ['AssumeRoleWithSAML'],
    shows: 'token',
    causes: [
      "The role's trust policy does not name this SAML provider, or the Action is not sts:AssumeRoleWithSAML.",
      'The Condition on SAML:aud does not match the assertion.',
      'The assertion does not name this role and this provider as a pair.',
      'The account has no role with this name.',
    ],
    fixes: ['Compare the assertion with the trust policy below.'],
  },
  {
    title: 'AWS refused this hop and names the type of policy',
    codes: denied,
    says: ['because no '],
    shows: 'policies',
    causes: ['No policy of the type that AWS names above allows this call.'],
    fixes: [
      'Allow the call in the policy that AWS names. A role trust policy or resource-based policy is the trust policy of the role. An identity-based policy is the permissions policy of the caller. Both policies are shown below.',
      'If AWS names a permissions boundary, session policy, VPC endpoint policy or service control policy, allow the call there as well. These only limit what the other policies allow.',
    ],
  },
  {
    title: 'AWS refused this hop',
    codes: denied,
    operations: ['AssumeRole'],
    shows: 'policies',
    note: 'AWS gives the same answer for all of the causes below, and does not say which one it is.',
    causes: [
      {
        when: ['several roles refuse the same caller'],
        text: 'The policy of the caller does not allow sts:AssumeRole on these roles. All of them refused the same caller, so this is more likely than a mistake in each trust policy.',
      },
      'The role does not exist: the account, the path or the name is wrong. Upper and lower case must match too.',
      'A Condition of the trust policy does not match what this hop sends: external ID, session name, source identity or tags.',
      'The trust policy does not name the caller. If the caller was deleted and created again, the policy contains its old ID (AROA… or AIDA…). Write the ARN of the caller again.',
      'Another Condition of the trust policy does not match: organization, source address or MFA.',
      {
        when: ['one role refuses the caller'],
        text: 'The policy of the caller does not allow sts:AssumeRole on this role. If the caller and the role are in different accounts, that policy is required.',
      },
      'A service control policy, a resource control policy, a permissions boundary or a session policy limits the call.',
      freshRole,
    ],
    fixes: ['Check that the role exists. Then compare its trust policy and the policy of the caller with those below.'],
  },
  {
    title: 'AWS refused the call',
    codes: denied,
    causes: [
      'A policy denies the call, for example the policy of a VPC endpoint.',
      'Another server answers at the address of STS.',
    ],
    fixes: ['Read the AWS message above, and check which endpoint the step called.'],
  },
];
