/**
 * Whether a hop is role chaining: an AssumeRole call with the credentials of a role. `unsure` if AWS's documentation
 * and field reports disagree.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export type RoleChaining = 'no' | 'yes' | 'unsure';
