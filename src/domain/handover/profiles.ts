import type { ReachedTarget } from '../chain/outcome.js';
import type { HandoverRequest, HandoverSources } from './handover-sources.js';

/** One AWS profile to write: its settings, and its keys if any. */
export interface Profile {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
  readonly credentials?: Readonly<Record<string, string>>;
}

/** The profiles to write: one per named target, and the one that reads the environment. */
export function profilesOf(current: ReachedTarget | undefined, sources: HandoverSources): readonly Profile[] {
  const { request, reached, processCommand } = sources;
  const named = reached
    .filter(({ isKept }) => !isKept)
    .map((one) => ({ one, name: reached.length === 1 ? request.handover.profile : one.target.name }));
  const profiles = named.flatMap(({ one, name }) =>
    name === undefined ? [] : [profileOf(name, one, request, processCommand)],
  );
  return [...profiles, ...environmentProfiles(current, sources)];
}

function environmentProfiles(current: ReachedTarget | undefined, sources: HandoverSources): readonly Profile[] {
  const { handover } = sources.request;
  const { environmentProfile: name } = sources;
  if (!handover.environment || handover.profile !== undefined || name === undefined || current?.isKept !== false) {
    return [];
  }
  const region = current.target.region;
  return [{ name, config: { ...(region && { region }), credential_process: sources.processCommand('environment') } }];
}

function profileOf(
  name: string,
  walked: ReachedTarget,
  { handover }: HandoverRequest,
  processCommand: HandoverSources['processCommand'],
): Profile {
  const { accessKeyId, secretAccessKey, sessionToken } = walked.credentials;
  const region = walked.target.region;
  const config = region === undefined ? {} : { region };
  if (handover.refresh) {
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
