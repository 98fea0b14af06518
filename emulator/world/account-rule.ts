import { isObject } from './json-object.js';
import { partitions } from './partition.js';
import {
  integerBetween,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  type Rule,
  text,
  textLike,
  textOr,
  valueThat,
} from './rules.js';

const name = /^[\w+=,.@-]{1,128}$/;

const policyObject = { type: 'object', required: ['Statement'], properties: { Version: {}, Id: {}, Statement: {} } };
const policy = valueThat('a policy with a Statement', policyObject, (value) => {
  const statements = (value as { Statement?: unknown } | null)?.Statement;
  return [statements].flat().every(isObject);
});
const policyArn = textLike('the ARN of a managed policy', /^arn:/);
const accessKeys = listOf(
  objectOf({
    accessKeyId: {
      required: true,
      description: 'The ID of the key, such as AKIA….',
      rule: textLike('an access key ID', /^\w{16,128}$/),
    },
    secretAccessKey: { required: true, description: 'The secret of the key.', rule: text },
    status: { description: 'Whether the key is active; STS rejects inactive keys.', rule: oneOf('Active', 'Inactive') },
  }),
);

const identity = {
  path: {
    description: 'The IAM path; default /.',
    rule: textLike("an IAM path such as '/' or '/team/'", /^\/([!-~]+\/)?$/),
  },
  policies: {
    description: 'Its permissions: identity policies, or the ARNs of managed policies.',
    rule: listOf(textOr(policyArn, policy)),
  },
  permissionsBoundary: {
    description: 'The permissions boundary: a policy or the ARN of one.',
    rule: textOr(policyArn, policy),
  },
  tags: { description: 'Tags, as a map of strings.', rule: mapOf(textLike('a text', /^/), /./s, 'a tag key') },
};

const user = objectOf({
  accessKeys: { description: 'The access keys of the user.', rule: accessKeys },
  ...identity,
  mfaDevices: {
    description: 'MFA devices, each with the only code that it accepts.',
    rule: listOf(
      objectOf({
        serialNumber: { required: true, description: 'The ARN or serial number.', rule: text },
        code: { required: true, description: 'The code.', rule: textLike('6 digits', /^\d{6}$/) },
      }),
    ),
  },
});

const role = objectOf({
  trustPolicy: { required: true, description: 'The trust policy: who may assume the role.', rule: policy },
  ...identity,
  maxSessionDuration: {
    description: 'The maximum session duration in seconds; default 3600.',
    rule: integerBetween(3600, 43200, 'seconds'),
  },
});

/** The rule of an account. */
export const accountRule: Rule = objectOf({
  alias: { description: 'A display name without effect.', rule: text },
  organizationId: {
    description: 'aws:PrincipalOrgID of its users and roles.',
    rule: textLike('an organization ID such as o-abcdefghij', /^o-[a-z0-9]{10,32}$/),
  },
  organizationPath: {
    description: 'aws:PrincipalOrgPaths of its users and roles: organization, root and units, each with a / after it.',
    rule: textLike(
      'a path such as o-abcdefghij/r-ab12/ou-ab12-11111111/',
      /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)*$/,
    ),
  },
  partition: { description: "The account's partition; default the world's.", rule: oneOf(...partitions) },
  root: {
    description: "The account's root user.",
    rule: objectOf({ accessKeys: { description: 'The access keys of the root user.', rule: accessKeys } }),
  },
  users: { description: 'IAM users by name.', rule: mapOf(user, name, 'a user name') },
  roles: { description: 'IAM roles by name.', rule: mapOf(role, name, 'a role name') },
  managedPolicies: { description: 'Customer managed policies by name.', rule: mapOf(policy, name, 'a policy name') },
  oidcProviders: {
    description: 'The OIDC providers that its roles can trust.',
    rule: listOf(
      objectOf({
        url: { required: true, description: 'The issuer.', rule: textLike('an https URL', /^https:\/\//) },
        clientIds: { required: true, description: 'The audiences that it accepts.', rule: listOf(text) },
      }),
    ),
  },
  samlProviders: {
    description: 'The SAML providers that its roles can trust.',
    rule: listOf(objectOf({ name: { required: true, description: 'The name of the provider.', rule: text } })),
  },
  disabledRegions: { description: 'Regions in which STS is not activated.', rule: listOf(text) },
  serviceControlPolicies: {
    description: 'All service control policies; if any are given, FullAWSAccess is not implied.',
    rule: listOf(policy),
  },
  resourceControlPolicies: {
    description: 'Resource control policies: they limit what any caller does with its roles.',
    rule: listOf(policy),
  },
});
