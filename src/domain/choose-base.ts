import type { Environment } from './environment.js';
import { type BaseIdentity, type CredentialSource, credentialSources } from './identity.js';
import { nearest } from './nearest.js';
import { quote, type Report } from './problem.js';

/** What the choice of a base identity rests on. */
export interface BaseFacts {
  /** The inputs that speak of the base, trimmed; empty where not given. */
  readonly given: Readonly<Record<BaseInput, string>>;
  readonly isRoleChaining: boolean;
  readonly skipsOidc: boolean;
  readonly wantsRole: boolean;
  readonly environment: Environment;
  /** Whether the machine has AWS config or credentials files with a profile in them. */
  readonly hasAwsFiles: boolean;
  /** The audience of the job's ID token. */
  readonly audience: string;
  /** A dry run goes on where this run shows no base identity, and takes the one that the step is written for. */
  readonly isDryRun?: boolean;
}

/** A base identity and why it was picked. */
export interface ChosenBase {
  readonly base: BaseIdentity;
  readonly reason: string;
  /** Said at once, before the base is tried. */
  readonly warning?: string;
}

type BaseInput =
  | 'credential-source'
  | 'aws-access-key-id'
  | 'aws-secret-access-key'
  | 'aws-session-token'
  | 'web-identity-token-file'
  | 'saml-assertion-file'
  | 'saml-provider-arn';

/** How to give a job an ID token, and why it mostly has none. */
export const idTokenFix =
  'Add permissions: { id-token: write, contents: read } to the job (on Forgejo: enable-openid-connect: true). Runs for pull requests from forks, and for Dependabot, never get an ID token';

const ownInputs: Readonly<Partial<Record<CredentialSource, readonly BaseInput[]>>> = {
  'access-keys': ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'],
  'web-identity': ['web-identity-token-file'],
  saml: ['saml-assertion-file', 'saml-provider-arn'],
};

/** Picks the base identity the step starts from; undefined, with problems told, where there is none. */
export function chooseBase(facts: BaseFacts, report: Report): ChosenBase | undefined {
  const source = readSource(facts.given['credential-source'], report);
  if (source === undefined) {
    return undefined;
  }
  tellContradictions(source, facts, report);
  const assumed = facts.isDryRun ? assumedBase(source, facts) : undefined;
  if (assumed !== undefined) {
    return assumed;
  }
  if (source !== 'auto') {
    const base = makeBase(source, facts, report);
    return base && { base, reason: `credential-source is ${source}` };
  }
  const { picked, reason } = pick(facts);
  const base = makeBase(picked, facts, report);
  return base && nameInstanceOnly({ base, reason }, facts, report);
}

/** What the step would start from in a run that may; undefined where this run shows it. */
function assumedBase(source: CredentialSource, facts: BaseFacts): ChosenBase | undefined {
  const { given, environment, audience } = facts;
  const noKeys = { accessKeyId: '', secretAccessKey: '' };
  const because = (what: string) => `assumed for the dry run: ${what}`;
  switch (source) {
    case 'oidc':
      return hasIdToken(environment)
        ? undefined
        : { base: tokenless(audience), reason: because('this run cannot ask for an ID token') };
    case 'access-keys':
      return given['aws-access-key-id'] !== '' && given['aws-secret-access-key'] !== ''
        ? undefined
        : {
            base: { kind: source, credentials: noKeys },
            reason: because(
              'the access keys are empty in this run, and long-term keys of a user are taken for granted',
            ),
          };
    case 'Environment':
      return environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY
        ? undefined
        : { base: { kind: source, credentials: noKeys }, reason: because('the environment of this run has no keys') };
    case 'auto':
      return showsNothing(facts)
        ? {
            base: tokenless(audience),
            reason: because(
              'this run has neither keys nor an ID token (runs for forks and Dependabot, and local ones, have none), and a job that has an ID token would start from it',
            ),
          }
        : undefined;
    default:
      return undefined;
  }
}

function showsNothing(facts: BaseFacts): boolean {
  const { environment, hasAwsFiles, isRoleChaining, skipsOidc, wantsRole } = facts;
  return (
    pick(facts).picked === 'default-chain' &&
    wantsRole &&
    !isRoleChaining &&
    !skipsOidc &&
    !hasAwsFiles &&
    !ambientVariables.some((name) => environment[name])
  );
}

function tokenless(audience: string): BaseIdentity {
  return { kind: 'oidc', requestUrl: '', requestToken: '', audience };
}

function readSource(text: string, report: Report): CredentialSource | undefined {
  const wanted = text === '' ? 'auto' : text;
  const source = credentialSources.find((name) => name.toLowerCase() === wanted.toLowerCase());
  if (source === undefined) {
    const meant = nearest(wanted, credentialSources);
    const fix = `${meant === undefined ? '' : `Did you mean ${meant}? `}Write one of ${credentialSources.join(', ')}`;
    report({ where: 'credential-source', what: `${quote(wanted)} is not a credential source`, fix });
  }
  return source;
}

function pick({ given, isRoleChaining, skipsOidc, wantsRole, environment }: BaseFacts): {
  picked: CredentialSource;
  reason: string;
} {
  if (given['aws-access-key-id'] !== '' || given['aws-secret-access-key'] !== '') {
    return { picked: 'access-keys', reason: 'access keys are given' };
  }
  if (given['web-identity-token-file'] !== '') {
    return { picked: 'web-identity', reason: 'web-identity-token-file is given' };
  }
  if (given['saml-assertion-file'] !== '') {
    return { picked: 'saml', reason: 'saml-assertion-file is given' };
  }
  if (isRoleChaining) {
    return { picked: 'default-chain', reason: 'role-chaining is true' };
  }
  if (hasIdToken(environment) && wantsRole && !skipsOidc) {
    return { picked: 'oidc', reason: 'the job can ask for an ID token' };
  }
  const reason = skipsOidc
    ? 'force-skip-oidc is true'
    : hasIdToken(environment)
      ? 'no role is wanted'
      : 'no keys, no token file and no ID token are given';
  return { picked: 'default-chain', reason };
}

function makeBase(source: CredentialSource, facts: BaseFacts, report: Report): BaseIdentity | undefined {
  const { given, environment, wantsRole } = facts;
  if (!wantsRole && ['oidc', 'web-identity', 'saml'].includes(source)) {
    report({
      where: 'credential-source',
      what: `${source} is no identity of AWS before it assumed a role, and no role is wanted`,
      fix: 'Name a role in role-to-assume, role-chain or targets (an unset variable makes an input empty)',
    });
  }
  switch (source) {
    case 'access-keys':
      return accessKeys(given, report);
    case 'web-identity':
      return needs('web-identity-token-file', source, given, report)
        ? { kind: source, tokenFile: given['web-identity-token-file'] }
        : undefined;
    case 'saml':
      return samlBase(given, report);
    case 'oidc':
      return oidcBase(facts, report);
    case 'Environment':
      return environmentKeys(environment, report);
    case 'EcsContainer':
    case 'Ec2InstanceMetadata':
      return { kind: source };
    default:
      return { kind: 'default-chain' };
  }
}

function accessKeys(given: BaseFacts['given'], report: Report): BaseIdentity | undefined {
  const accessKeyId = given['aws-access-key-id'];
  const secretAccessKey = given['aws-secret-access-key'];
  const sessionToken = given['aws-session-token'];
  for (const name of ['aws-access-key-id', 'aws-secret-access-key'] as const) {
    if (given[name] === '') {
      report({
        where: name,
        what: 'the input is empty, and access keys need both aws-access-key-id and aws-secret-access-key',
        fix: 'Check that the secret exists and that this run may read it: runs for forks and Dependabot get empty secrets',
      });
    }
  }
  if (accessKeyId === '' || secretAccessKey === '') {
    return undefined;
  }
  if (accessKeyId.startsWith('ASIA') && sessionToken === '') {
    report({
      where: 'aws-session-token',
      what: 'the access key is a temporary one (ASIA…), and its session token is missing',
      fix: 'Give aws-session-token as well',
    });
  }
  return {
    kind: 'access-keys',
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== '' && { sessionToken }) },
  };
}

function environmentKeys(environment: Environment, report: Report): BaseIdentity | undefined {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = environment;
  if (!accessKeyId || !secretAccessKey) {
    report({
      where: 'credential-source',
      what: 'Environment needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and they are not both set',
      fix: 'Set them in an earlier step, or use another credential source',
    });
    return undefined;
  }
  return { kind: 'Environment', credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } };
}

function oidcBase({ environment, audience }: BaseFacts, report: Report): BaseIdentity | undefined {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } = environment;
  if (!requestUrl || !requestToken) {
    report({
      where: 'credential-source',
      what: 'oidc needs an ID token, and this job cannot ask for one',
      fix: idTokenFix,
    });
    return undefined;
  }
  if (!/^https?:$/.test(URL.canParse(requestUrl) ? new URL(requestUrl).protocol : '')) {
    report({
      where: 'ACTIONS_ID_TOKEN_REQUEST_URL',
      what: 'the value is not an http or https address',
      fix: 'The runner sets this variable; take out what replaces it',
    });
    return undefined;
  }
  return { kind: 'oidc', requestUrl, requestToken, audience };
}

function samlBase(given: BaseFacts['given'], report: Report): BaseIdentity | undefined {
  const hasFile = needs('saml-assertion-file', 'saml', given, report);
  const hasProvider = needs('saml-provider-arn', 'saml', given, report);
  const providerArn = given['saml-provider-arn'];
  if (hasProvider && !/^arn:aws[\w-]*:iam::\d{12}:saml-provider\/[\w._-]{1,128}$/.test(providerArn)) {
    report({
      where: 'saml-provider-arn',
      what: `${quote(providerArn)} is not the ARN of a SAML provider`,
      fix: 'Write it like arn:aws:iam::111111111111:saml-provider/corp',
    });
    return undefined;
  }
  return hasFile && hasProvider
    ? { kind: 'saml', assertionFile: given['saml-assertion-file'], providerArn }
    : undefined;
}

function needs(input: BaseInput, source: string, given: BaseFacts['given'], report: Report): boolean {
  if (given[input] === '') {
    report({ where: input, what: `the input is empty, and ${source} needs it`, fix: `Give ${input}` });
  }
  return given[input] !== '';
}

function tellContradictions(
  source: CredentialSource,
  { given, isRoleChaining, skipsOidc }: BaseFacts,
  report: Report,
): void {
  if (source === 'auto') {
    return;
  }
  const strangers = Object.entries(ownInputs)
    .filter(([owner]) => owner !== source)
    .flatMap(([, inputs]) => inputs)
    .filter((input) => given[input] !== '');
  const contradictions: readonly string[] = [
    ...strangers,
    ...(isRoleChaining && ['access-keys', 'oidc', 'web-identity', 'saml'].includes(source) ? ['role-chaining'] : []),
    ...(skipsOidc && source === 'oidc' ? ['force-skip-oidc'] : []),
  ];
  for (const input of contradictions) {
    report({
      where: 'credential-source',
      what: `${source} contradicts the input ${input}, which speaks of another base identity`,
      fix: `Take out ${input}, or change credential-source`,
    });
  }
}

/**
 * The default chain of a machine that shows no AWS identity at all can only end at the instance metadata service; on a
 * GitHub-hosted runner it cannot end anywhere, so the missing ID token is told at once.
 */
function nameInstanceOnly(chosen: ChosenBase, facts: BaseFacts, report: Report): ChosenBase | undefined {
  const { environment, hasAwsFiles, wantsRole } = facts;
  if (chosen.base.kind !== 'default-chain' || hasAwsFiles || ambientVariables.some((name) => environment[name])) {
    return chosen;
  }
  const what =
    wantsRole && !hasIdToken(environment)
      ? 'there is no base identity: no access keys, no token file, no AWS variables or files, and the job cannot ask for an ID token'
      : 'there is no base identity: no access keys, no token file, and no AWS variables or files on this machine';
  const hasNoMetadata =
    environment.RUNNER_ENVIRONMENT === 'github-hosted' || /^true$/i.test(environment.AWS_EC2_METADATA_DISABLED ?? '');
  if (hasNoMetadata) {
    report({
      where: 'credential-source',
      what,
      fix: hasIdToken(environment)
        ? 'Name a role in role-to-assume, role-chain or targets (an unset variable makes an input empty), or give access keys'
        : `${idTokenFix}. Or give access keys`,
    });
    return undefined;
  }
  const hint = wantsRole && !hasIdToken(environment) ? ` ${idTokenFix}.` : '';
  return {
    ...chosen,
    base: { kind: 'default-chain', instanceOnly: true },
    warning: `Only the EC2 instance metadata service is left to ask for a base identity: no access keys, token file, ID token, AWS variables or AWS files are here.${hint}`,
  };
}

const ambientVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

function hasIdToken(environment: Environment): boolean {
  return Boolean(environment.ACTIONS_ID_TOKEN_REQUEST_URL && environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
}
