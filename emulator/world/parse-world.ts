import { parseRoleArn, partitions } from './arn.js';
import type { WorldDocument } from './world.js';

type Check = (value: unknown, at: string, problems: string[]) => void;

function matching(test: (value: unknown) => boolean, wanted: string): Check {
  return (value, at, problems) => {
    if (!test(value)) problems.push(`${at}: must be ${wanted}, is ${JSON.stringify(value)}`);
  };
}

function textLike(pattern: RegExp, wanted: string): Check {
  return matching((value) => typeof value === 'string' && pattern.test(value), wanted);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(check: Check): Check {
  return (value, at, problems) => {
    if (!Array.isArray(value)) problems.push(`${at}: must be a list`);
    else for (const [index, item] of value.entries()) check(item, `${at}[${index}]`, problems);
  };
}

function mapOf(check: Check, key: RegExp, keyWanted: string): Check {
  return (value, at, problems) => {
    if (!isObject(value)) {
      problems.push(`${at}: must be an object`);
      return;
    }
    for (const [name, item] of Object.entries(value)) {
      if (!key.test(name)) problems.push(`${at}: '${name}' is no ${keyWanted}`);
      check(item, `${at}.${name}`, problems);
    }
  };
}

function shape(required: Record<string, Check>, optional: Record<string, Check>): Check {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  return (value, at, problems) => {
    if (!isObject(value)) {
      problems.push(`${at}: must be an object`);
      return;
    }
    for (const name of Object.keys(required)) if (value[name] === undefined) problems.push(`${at}.${name}: is missing`);
    for (const [name, item] of Object.entries(value)) {
      const check = checks.get(name);
      if (check === undefined) problems.push(`${at}.${name}: is not a known word`);
      else if (item !== undefined) check(item, `${at}.${name}`, problems);
    }
  };
}

function either(first: (value: unknown) => boolean, then: Check, otherwise: Check): Check {
  return (value, at, problems) => (first(value) ? then : otherwise)(value, at, problems);
}

const text = matching((value) => typeof value === 'string' && value !== '', 'a text');
const flag = matching((value) => typeof value === 'boolean', 'true or false');
const anything: Check = () => undefined;
const partition = matching((value) => partitions.includes(String(value)), `one of ${partitions.join(', ')}`);
const path = textLike(/^\/([!-~]+\/)?$/, "an IAM path such as '/' or '/team/'");
const texts = mapOf(
  matching((value) => typeof value === 'string', 'a text'),
  /^.+$/s,
  'tag key',
);
const policy: Check = (value, at, problems) => {
  const statements = isObject(value) ? value.Statement : undefined;
  const list = Array.isArray(statements) ? statements : [statements];
  if (!list.every(isObject)) problems.push(`${at}: must be a policy with a Statement`);
};
const policyOrArn = either((value) => typeof value === 'string', textLike(/^arn:/, 'a policy ARN'), policy);
const roleArn = matching((value) => parseRoleArn(String(value)) !== undefined, 'a role ARN');

const accessKeys = listOf(
  shape(
    { accessKeyId: textLike(/^\w{16,128}$/, 'an access key id'), secretAccessKey: text },
    { status: textLike(/^(Active|Inactive)$/, "'Active' or 'Inactive'") },
  ),
);
const identity = { path, policies: listOf(policyOrArn), permissionsBoundary: policyOrArn, tags: texts };
const user = shape(
  {},
  {
    ...identity,
    accessKeys,
    mfaDevices: listOf(shape({ serialNumber: text, code: textLike(/^\d{6}$/, '6 digits') }, {})),
  },
);
const duration = matching(
  (value) => Number.isInteger(value) && Number(value) >= 3600 && Number(value) <= 43200,
  'whole seconds from 3600 to 43200',
);
const role = shape({ trustPolicy: policy }, { ...identity, maxSessionDuration: duration });
const name = /^[\w+=,.@-]{1,128}$/;
const account = shape(
  {},
  {
    alias: text,
    organizationId: text,
    partition,
    root: shape({}, { accessKeys }),
    users: mapOf(user, name, 'user name'),
    roles: mapOf(role, name, 'role name'),
    managedPolicies: mapOf(policy, name, 'policy name'),
    oidcProviders: listOf(shape({ url: textLike(/^https:\/\//, 'an https URL'), clientIds: listOf(text) }, {})),
    samlProviders: listOf(shape({ name: text }, {})),
    disabledRegions: listOf(text),
    serviceControlPolicies: listOf(policy),
    resourceControlPolicies: listOf(policy),
  },
);
const world = shape(
  { accounts: mapOf(account, /^\d{12}$/, 'account id of 12 digits') },
  {
    partition,
    job: shape({}, { issuer: text, requestToken: text, immutableSubject: flag, claims: mapOf(anything, /./, 'claim') }),
    instance: shape({ role: roleArn }, { instanceId: text, region: text }),
    container: shape({ role: roleArn }, { authorizationToken: text }),
    ec2IsChained: flag,
  },
);

/** Reads a world; throws one Error that lists every problem with its place in the document. */
export function parseWorld(value: unknown): WorldDocument {
  const problems: string[] = [];
  world(value, 'world', problems);
  if (problems.length > 0) throw new Error(`The world is not usable:\n  ${problems.join('\n  ')}`);
  return value as WorldDocument;
}
