import { accountRule } from './account-rule.js';
import { parseRoleArn } from './arn.js';
import { claimsRule } from './claim-rules.js';
import { partitions } from './partition.js';
import { flag, integerBetween, mapOf, numberBetween, objectOf, oneOf, type Rule, text, valueThat } from './rules.js';

const roleArnSchema = { type: 'string', pattern: '^arn:aws[a-z-]*:iam::\\d{12}:role/' };
const roleArn = valueThat('the ARN of a role', roleArnSchema, (value) => parseRoleArn(String(value)) !== undefined);

/** The rule of a whole world; its members are in the order of the schema. */
export const worldRule: Rule = objectOf({
  $schema: { description: 'The schema of this file, for editors.', rule: text },
  job: {
    description: 'The job whose ID tokens the emulator signs.',
    rule: objectOf({
      claims: {
        description: 'Claims of the tokens. Name the repository, the ref and, where the job has one, the environment.',
        rule: claimsRule,
      },
      issuer: { description: 'The issuer of the tokens; default: github.com.', rule: text },
      requestToken: { description: 'The request token of the ID-token endpoint; default: random.', rule: text },
      immutableSubject: { description: 'Use the immutable form of sub, repo:OWNER@ID/NAME@ID:….', rule: flag },
    }),
  },
  accounts: {
    required: true,
    description: 'AWS accounts by account ID (12 digits).',
    rule: mapOf(accountRule, /^\d{12}$/, 'an account ID (12 digits)'),
  },
  partition: { description: 'The partition of all accounts; default aws.', rule: oneOf(...partitions) },
  instance: {
    description: 'An EC2 instance: starts the instance metadata service (IMDSv2).',
    rule: objectOf({
      role: { required: true, description: "The ARN of the instance profile's role.", rule: roleArn },
      instanceId: { description: 'The ID of the instance.', rule: text },
      region: { description: 'The Region of the instance; default us-east-1.', rule: text },
    }),
  },
  container: {
    description: 'A container: starts the credentials endpoint of ECS and EKS Pod Identity.',
    rule: objectOf({
      role: { required: true, description: 'The ARN of the task role.', rule: roleArn },
      authorizationToken: {
        description: 'The authorization token that the endpoint requires; default: random.',
        rule: text,
      },
    }),
  },
  rate: {
    description: 'The rate of STS calls per account; more calls are throttled. Default: no limit.',
    rule: objectOf({
      perSecond: {
        required: true,
        description: 'The sustained rate of calls per second.',
        rule: numberBetween(0.01, 1_000_000, 'calls a second'),
      },
      burst: {
        required: true,
        description: 'The number of calls that are allowed at once after a pause.',
        rule: integerBetween(1, 1_000_000, 'calls'),
      },
    }),
  },
  authorizationIds: {
    description: 'Add an authorization ID and a console link to denials, as AWS does for supported calls.',
    rule: flag,
  },
  service: {
    description:
      'Answer like the STS of another vendor: without ARNs (minio), or with ARNs of tenants (ceph). Default: aws.',
    rule: oneOf('aws', 'minio', 'ceph'),
  },
  ec2IsChained: { description: 'Count sessions of an instance profile as chained (at most one hour).', rule: flag },
});
