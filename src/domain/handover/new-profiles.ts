import type { ReachedTarget } from '../chain/outcome.js';
import type { NewProfile } from '../shared-config/new-profile.js';
import type { HandoverSources } from './handover-sources.js';

/** The profiles to write: one for each target with a profile name, and the environment profile if one is needed. */
export function newProfiles(current: ReachedTarget | undefined, sources: HandoverSources): readonly NewProfile[] {
  const { request, reached } = sources;
  const named = reached
    .filter(({ isKept }) => !isKept)
    .map((one) => ({ one, name: reached.length === 1 ? request.handover.profile : one.target.name }));
  const profiles = named.flatMap(({ one, name }) => (name === undefined ? [] : [newProfile(name, one, sources)]));
  return [...profiles, ...environmentProfiles(current, sources)];
}

function environmentProfiles(current: ReachedTarget | undefined, sources: HandoverSources): readonly NewProfile[] {
  const { handover } = sources.request;
  const { environmentProfile: name } = sources;
  if (!handover.environment || handover.profile !== undefined || name === undefined || current?.isKept !== false) {
    return [];
  }
  const region = current.target.region;
  return [{ name, config: { ...(region && { region }), credential_process: sources.processCommand('environment') } }];
}

function newProfile(name: string, walked: ReachedTarget, { request, processCommand }: HandoverSources): NewProfile {
  const { accessKeyId, secretAccessKey, sessionToken } = walked.credentials;
  const region = walked.target.region;
  const config = region === undefined ? {} : { region };
  if (request.handover.refresh) {
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
