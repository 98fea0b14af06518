import type { FailureRow } from './row.js';

/** What a call asks for. */
export const requestFailures: readonly FailureRow[] = [
  {
    title: 'Longer than one hour, and this hop is role chaining',
    codes: ['ValidationError', 'DurationTooLong'],
    says: ['1 hour session limit', 'role chaining'],
    causes: ['The hop is made with the credentials of a role or session. AWS ends such a session after one hour.'],
    fixes: [
      'Set role-duration-seconds to 3600 or less, or to max.',
      'For jobs that run longer: refresh: true renews the session.',
    ],
  },
  {
    title: 'Longer than the role allows',
    codes: ['ValidationError'],
    says: ['MaxSessionDuration'],
    causes: [
      "role-duration-seconds is above the role's own maximum session duration (3600 unless somebody raised it).",
    ],
    fixes: [
      'Ask for less, or write max: it takes as much as the role gives.',
      'Or raise it: aws iam update-role --role-name <role> --max-session-duration <seconds>. It helps a first hop only; a chained one stays at one hour.',
    ],
  },
  {
    title: 'A longer session than AWS allows here',
    codes: ['DurationTooLong'],
    causes: ['role-duration-seconds is above what this hop may have.'],
    fixes: ['Ask for less, or write max.'],
  },
  {
    title: 'The source identity is already set',
    codes: ['ValidationError'],
    says: ['source identity is already set'],
    causes: ['An earlier hop, or the base identity, carries another source identity. It cannot be changed on the way.'],
    fixes: ['Take source-identity out here, or write the same value.'],
  },
  {
    title: 'AWS does not take this for a role',
    codes: ['ValidationError', 'RoleNotFound'],
    says: ['Request ARN is invalid', ' is invalid', 'is not known'],
    causes: ['The role is misspelt, or is not the ARN of an IAM role.', 'For a token: there is no such role.'],
    fixes: ['Write it like arn:aws:iam::111111111111:role/path/name.'],
  },
  {
    title: 'AWS refused a value of the call',
    codes: ['ValidationError', 'InvalidParameterValue', 'InvalidParameterCombination', 'MalformedInput'],
    says: ['transitive tag key', 'Duplicate tag keys', 'aws: prefixed'],
    causes: [
      'A tag key is given twice (upper and lower case count as the same), begins with aws:, or is transitive without being a tag.',
      'A tag is transitive from an earlier hop or from the base identity, and no later hop can set it again.',
    ],
    fixes: ['Mend custom-tags and transitive-tag-keys of this hop; AWS names the rule above.'],
  },
  {
    title: 'AWS refused a value of the call',
    codes: ['ValidationError', 'InvalidParameterValue', 'InvalidParameterCombination', 'MalformedInput'],
    causes: ['AWS names the parameter and its rule above.'],
    fixes: ['Mend the word of this hop that has that name: roleSessionName is role-session-name, and so on.'],
  },
  {
    title: 'Session policies and tags are too large together',
    codes: ['PackedPolicyTooLarge', 'PackedPolicyTooLargeException'],
    causes: [
      'AWS packs session policies, policy ARNs and tags into one limited space, inherited tags included; the percentage above is how much this hop needs.',
    ],
    fixes: [
      'Shorten inline-session-policy, or make it a managed policy and name its ARN.',
      'Send fewer or shorter tags: custom-tags, role-skip-session-tagging: true.',
    ],
  },
  {
    title: 'AWS cannot read the session policy',
    codes: ['MalformedPolicyDocument', 'MalformedPolicyDocumentException', 'MalformedPolicy'],
    causes: [
      'inline-session-policy is JSON, but no IAM policy: an element is misspelt, or Principal stands in it.',
      'An ARN in it, or in managed-session-policies, does not exist.',
    ],
    fixes: [
      'Check it: aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://policy.json',
    ],
  },
  {
    title: 'STS is switched off in this Region',
    codes: ['RegionDisabledException', 'RegionDisabled'],
    causes: [
      "The account named above has STS switched off for this Region (IAM console, account settings). It is the role's account that counts.",
      'The Region is one that accounts opt in to, and one of the two accounts did not.',
    ],
    fixes: ['Set aws-region to a Region that is on in both accounts, or switch STS on there.'],
  },
  {
    title: 'AWS does not know this call',
    codes: ['InvalidAction', 'UnknownOperationException', 'NotImplemented'],
    causes: ['sts-endpoint (or AWS_ENDPOINT_URL_STS) is not an STS, or one of another make that lacks this call.'],
    fixes: ['Check the endpoint.'],
  },
];
