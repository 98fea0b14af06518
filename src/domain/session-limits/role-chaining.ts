/**
 * Whether a hop is role chaining: an AssumeRole call with the credentials of a role. `unsure` with those of an EC2
 * instance, on which AWS's documentation and reports of users disagree.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export type RoleChaining = 'no' | 'yes' | 'unsure';
