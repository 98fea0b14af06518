import { type Environment, identityVariables, rivalVariables } from './environment.js';
import { timeText } from './log-lines.js';
import { isNonEmpty } from './non-empty.js';
import type { Request } from './request.js';
import type { Walked } from './session.js';

/** One AWS profile to write: its settings, and its keys where it has any. */
export interface Profile {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
  readonly credentials?: Readonly<Record<string, string>>;
}

/** Everything a step leaves behind, as data; one function applies it. */
export interface Handover {
  readonly environment: Readonly<Record<string, string>>;
  readonly profiles: readonly Profile[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** What a handover is made from. */
export interface HandoverSources {
  readonly request: Request;
  readonly walked: readonly Walked[];
  readonly environment: Environment;
  /** Letters and digits that tell this step's profiles from those of other jobs in the same home. */
  readonly uniqueId: string;
  /** The command by which a tool asks this action for a target's session, or for the keys in the environment. */
  readonly processCommand: (target: Walked | 'environment') => string;
}

/** How the profile begins that makes tools which prefer a profile to keys read the keys all the same. */
const bridgePrefix = 'assume-role-environment';

/** Works out what to leave behind: environment, profiles and outputs, all about the last session of each target. */
export function handOver(sources: HandoverSources): Handover {
  const { request, walked } = sources;
  const current = currentOf(request, walked);
  return {
    environment: isKeptInPlace(current, request) ? keptVariables(current, request) : environmentOf(current, sources),
    profiles: profilesOf(current, sources),
    outputs: outputsOf(current, sources),
  };
}

/** The target that becomes the identity of the later steps; undefined where several are only written as profiles. */
function currentOf({ delivery }: Request, walked: readonly Walked[]): Walked | undefined {
  return walked.length === 1 ? walked[0] : walked.find(({ target }) => target.name === delivery.profile);
}

/** An identity that was found in the environment is already everybody's; only the Region may be news. */
function isKeptInPlace(current: Walked | undefined, { targets, delivery }: Request): current is Walked {
  return current?.isKept === true && targets.length === 1 && delivery.profile === undefined;
}

function keptVariables(current: Walked, { delivery }: Request): Record<string, string> {
  return delivery.environment ? regionsOf(current) : {};
}

function regionsOf({ target: { region } }: Walked): Record<string, string> {
  return region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region };
}

function environmentOf(current: Walked | undefined, sources: HandoverSources): Record<string, string> {
  const { request, environment } = sources;
  const { delivery, unsetsCurrent } = request;
  const blanked = unsetsCurrent
    ? blank(
        environment,
        identityVariables.filter((name) => !name.endsWith('PROFILE')),
      )
    : {};
  if (current === undefined) {
    return blanked;
  }
  const regions = regionsOf(current);
  if (delivery.environment) {
    return {
      ...blanked,
      ...keysOf(current, environment),
      ...regions,
      ...profileVariables(delivery.profile ?? bridgeName(sources), environment),
    };
  }
  const becomesCurrent = delivery.refresh || (request.targets.length > 1 && delivery.profile !== undefined);
  if (!becomesCurrent) {
    return blanked;
  }
  return {
    ...blanked,
    ...blank(environment, rivalVariables),
    ...regions,
    ...profileVariables(delivery.profile, environment),
  };
}

function keysOf({ credentials }: Walked, environment: Environment): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const token = sessionToken ?? (environment.AWS_SESSION_TOKEN ? '' : undefined);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(token !== undefined && { AWS_SESSION_TOKEN: token }),
    // Of other keys: boto3 would hold these to be over when those are.
    ...blank(environment, ['AWS_CREDENTIAL_EXPIRATION']),
  };
}

/** The older variable wins in the AWS CLI and boto3, so where it is set it must say the same. */
function profileVariables(profile: string | undefined, environment: Environment): Record<string, string> {
  if (profile === undefined) {
    return {};
  }
  const hasOlder = environment.AWS_DEFAULT_PROFILE !== undefined;
  return { AWS_PROFILE: profile, ...(hasOlder && { AWS_DEFAULT_PROFILE: profile }) };
}

/**
 * A profile that somebody else made current hides the keys from the JavaScript SDK, and an empty one stops the AWS CLI
 * and boto3. A variable cannot be taken away, so it is pointed at a profile that reads the keys.
 */
function bridgeName({ environment, uniqueId }: HandoverSources): string | undefined {
  return environment.AWS_PROFILE === undefined ? undefined : `${bridgePrefix}-${uniqueId.slice(0, 8)}`;
}

/** Only variables that hold something are blanked: an empty variable is one more thing to wonder about. */
function blank(environment: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.filter((name) => environment[name]).map((name) => [name, '']));
}

function profilesOf(current: Walked | undefined, sources: HandoverSources): readonly Profile[] {
  const { request, walked, processCommand } = sources;
  const named = walked
    .filter(({ isKept }) => !isKept)
    .map((one) => ({ one, name: walked.length === 1 ? request.delivery.profile : one.target.name }));
  const profiles = named.flatMap(({ one, name }) =>
    name === undefined ? [] : [profileOf(name, one, request, processCommand)],
  );
  return [...profiles, ...bridgeProfiles(current, sources)];
}

function bridgeProfiles(current: Walked | undefined, sources: HandoverSources): readonly Profile[] {
  const { delivery } = sources.request;
  const name = bridgeName(sources);
  if (!delivery.environment || delivery.profile !== undefined || name === undefined || current?.isKept !== false) {
    return [];
  }
  const region = current.target.region;
  return [{ name, config: { ...(region && { region }), credential_process: sources.processCommand('environment') } }];
}

function profileOf(
  name: string,
  walked: Walked,
  { delivery }: Request,
  processCommand: HandoverSources['processCommand'],
): Profile {
  const { accessKeyId, secretAccessKey, sessionToken } = walked.credentials;
  const region = walked.target.region;
  const config = region === undefined ? {} : { region };
  if (delivery.refresh) {
    return { name, config: { ...config, credential_process: processCommand(walked) } };
  }
  return {
    name,
    config,
    credentials: {
      aws_access_key_id: accessKeyId,
      aws_secret_access_key: secretAccessKey,
      ...(sessionToken !== undefined && { aws_session_token: sessionToken }),
    },
  };
}

function outputsOf(current: Walked | undefined, { request, walked }: HandoverSources): Record<string, string> {
  const targets = walked.filter(({ target }) => target.name !== undefined);
  return {
    ...(current && identityOutputs(current)),
    ...(current && request.delivery.outputs && keyOutputs(current)),
    ...(isNonEmpty(targets) && {
      targets: JSON.stringify(Object.fromEntries(targets.map((one) => [one.target.name, targetOutput(one)]))),
    }),
  };
}

function identityOutputs({ identity, credentials, sessions }: Walked): Record<string, string> {
  const hops = sessions.map((session) => ({
    roleArn: session.role.arn,
    arn: session.identity.arn,
    accountId: session.identity.accountId,
    expiration: timeText(session.credentials.expiration),
    ...(session.packedPolicySize !== undefined && { packedPolicySize: session.packedPolicySize }),
  }));
  return {
    'aws-account-id': identity.accountId,
    'authenticated-arn': identity.arn,
    ...(credentials.expiration && { 'aws-expiration': timeText(credentials.expiration) }),
    'role-chain': JSON.stringify(hops),
  };
}

function keyOutputs({ credentials: { accessKeyId, secretAccessKey, sessionToken } }: Walked): Record<string, string> {
  return {
    'aws-access-key-id': accessKeyId,
    'aws-secret-access-key': secretAccessKey,
    ...(sessionToken !== undefined && { 'aws-session-token': sessionToken }),
  };
}

function targetOutput({ identity, credentials }: Walked): object {
  const { expiration } = credentials;
  return { accountId: identity.accountId, arn: identity.arn, ...(expiration && { expiration: timeText(expiration) }) };
}
