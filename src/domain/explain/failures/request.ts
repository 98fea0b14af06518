import type { FailureRow } from './failure-row.js';

const invalidValue = ['ValidationError', 'InvalidParameterValue', 'InvalidParameterCombination', 'MalformedInput'];

/** Calls whose parameters AWS rejects. */
export const requestFailures: readonly FailureRow[] = [
  {
    title: 'Role chaining allows one hour at most',
    codes: ['ValidationError', 'DurationTooLong'],
    says: ['1 hour session limit', 'role chaining'],
    causes: ['The hop is made with the credentials of a role or a session. AWS limits such a session to one hour.'],
    fixes: [
      'Set role-duration-seconds to 3600 or less, or to max.',
      'For jobs that run longer, set refresh: true: it renews the session.',
    ],
  },
  {
    title: 'The duration is longer than the role allows',
    codes: ['ValidationError'],
    says: ['MaxSessionDuration'],
    causes: ['role-duration-seconds is above the maximum session duration of the role (3600 by default).'],
    fixes: [
      'Set a shorter role-duration-seconds, or max: the step then takes the longest duration that the role allows.',
      'Or raise the maximum: aws iam update-role --role-name <role> --max-session-duration <seconds>. This helps only at a first hop: role chaining allows one hour at most.',
    ],
  },
  {
    title: 'The duration is longer than AWS allows here',
    codes: ['DurationTooLong'],
    causes: ['role-duration-seconds is above the maximum for this hop.'],
    fixes: ['Set a shorter role-duration-seconds, or max.'],
  },
  {
    title: 'The source identity is already set',
    codes: ['ValidationError'],
    says: ['source identity is already set'],
    causes: ['An earlier hop, or the base identity, has set another source identity. A chain cannot change it.'],
    fixes: ['Remove source-identity here, or set the same value.'],
  },
  {
    title: 'AWS does not accept this role',
    codes: ['ValidationError', 'RoleNotFound'],
    says: ['Request ARN is invalid', ' is invalid', 'is not known'],
    causes: [
      'The role is misspelled, or is not the ARN of an IAM role.',
      { when: ["the job's ID token is used"], text: 'The role does not exist.' },
      { when: ['the token is in a file'], text: 'The role does not exist.' },
    ],
    fixes: ['Write the role as arn:aws:iam::111111111111:role/path/name.'],
  },
  {
    title: 'AWS rejected a tag',
    codes: invalidValue,
    says: ['transitive tag key', 'Duplicate tag keys', 'aws: prefixed'],
    causes: [
      'A tag key is given twice (upper and lower case are the same), begins with aws:, or is a transitive key without a tag.',
      'An earlier hop or the base identity has made this tag transitive. No later hop can set it again.',
    ],
    fixes: ['Correct custom-tags and transitive-tag-keys of this hop. The AWS message above names the rule.'],
  },
  {
    title: 'AWS rejected a value of the call',
    codes: invalidValue,
    causes: ['The AWS message above names the parameter and its rule.'],
    fixes: [
      'Correct the option of this hop that belongs to the parameter, for example role-session-name for roleSessionName.',
    ],
  },
  {
    title: 'Session policies and tags are too large',
    codes: ['PackedPolicyTooLarge', 'PackedPolicyTooLargeException'],
    causes: [
      'Session policies, policy ARNs and tags (inherited tags too) share one limit, the size of the session token. The percentage above is the size that this hop needs.',
    ],
    fixes: [
      'Shorten inline-session-policy, or create a managed policy and name its ARN in managed-session-policies.',
      'Send fewer or shorter tags: custom-tags, role-skip-session-tagging: true.',
    ],
  },
  {
    title: 'The session policy is malformed',
    codes: ['MalformedPolicyDocument', 'MalformedPolicyDocumentException', 'MalformedPolicy'],
    causes: [
      'inline-session-policy is JSON but not an IAM policy: an element is misspelled, or it has a Principal.',
      'An ARN in inline-session-policy or managed-session-policies does not exist.',
    ],
    fixes: [
      'Check the policy: aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://policy.json',
    ],
  },
  {
    title: 'STS is deactivated in this Region',
    codes: ['RegionDisabledException', 'RegionDisabled'],
    causes: [
      'The account that AWS names above has deactivated STS in this Region (IAM console, account settings). The account of the role decides, not that of the caller.',
      'This is an opt-in Region, and the account of the caller or of the role has not enabled it.',
    ],
    fixes: ['Set aws-region to a Region that is enabled in both accounts, or activate STS there.'],
  },
  {
    title: 'The endpoint does not support this call',
    codes: ['InvalidAction', 'UnknownOperationException', 'NotImplemented'],
    causes: [
      'sts-endpoint (or AWS_ENDPOINT_URL_STS) is not the address of STS, or its server does not support this call.',
    ],
    fixes: ['Correct or remove sts-endpoint (or AWS_ENDPOINT_URL_STS).'],
  },
];
