import { describe, expect, test } from 'vitest';
import type { Emulator } from '../../emulator/server/emulator.js';
import { deploy, hub, production } from '../support/example-world.js';
import { asVariables } from '../support/issued.js';
import { chainOf, type Stage, session } from '../support/stage.js';
import { openAsking } from './asking/ask-clients.js';
import { findClients } from './clients.js';
import { openStageWithProfile } from './stage-with-profile.js';

type Variables = Readonly<Record<string, string>>;

/** Credentials of another identity that a job may have before the step. */
interface Before {
  readonly title: string;
  readonly environment: (emulator: Emulator) => Variables;
}

const nothing: Before = { title: 'an empty job', environment: () => ({}) };
const keys: Before = { title: 'keys of another identity', environment: staleKeys };
const profile: Before = { title: 'AWS_PROFILE of another identity', environment: () => ({ AWS_PROFILE: 'theirs' }) };
const profileAndKeys: Before = {
  title: 'AWS_PROFILE, AWS_DEFAULT_PROFILE and keys of another identity',
  environment: (emulator) => ({ ...staleKeys(emulator), AWS_PROFILE: 'theirs', AWS_DEFAULT_PROFILE: 'theirs' }),
};
const olderProfile: Before = {
  title: 'AWS_DEFAULT_PROFILE of another identity',
  environment: () => ({ AWS_DEFAULT_PROFILE: 'theirs' }),
};
const missingProfile: Before = {
  title: 'an AWS_DEFAULT_PROFILE that is not there',
  environment: () => ({ AWS_DEFAULT_PROFILE: 'gone' }),
};
const emptyProfiles: Before = {
  title: 'both variables empty, and tokens and keys under older names',
  environment: () => ({
    AWS_PROFILE: '',
    AWS_DEFAULT_PROFILE: '',
    AWS_SECURITY_TOKEN: 'left-over',
    AWS_ACCESS_KEY: 'AKIAI44QH8DHBEXAMPLE',
    AWS_SECRET_KEY: ['left', 'over'].join('-'),
  }),
};
const emptyProfile: Before = { title: 'an empty AWS_PROFILE', environment: () => ({ AWS_PROFILE: '' }) };
const webIdentity: Before = {
  title: 'a web identity of the machine',
  environment: () => ({ AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token', AWS_ROLE_ARN: hub }),
};
const container: Before = {
  title: 'a container role',
  environment: ({ containerEnvironment }) => containerEnvironment,
};
const everything = [
  nothing,
  keys,
  profile,
  profileAndKeys,
  olderProfile,
  missingProfile,
  emptyProfile,
  emptyProfiles,
  webIdentity,
  container,
];

const chain = { 'role-chain': chainOf(hub, deploy) };
const targets = `staging: [${hub}, ${deploy}]\nprod: [${hub}, ${production}]`;

const modes: readonly { readonly title: string; readonly inputs: Variables; readonly arn: string }[] = [
  { title: 'exports keys', inputs: chain, arn: session(deploy) },
  {
    title: 'exports keys and writes a profile',
    inputs: { ...chain, 'aws-profile': 'mine', 'output-env-credentials': 'true' },
    arn: session(deploy),
  },
  {
    title: 'makes one of several targets current',
    inputs: { targets, 'aws-profile': 'prod' },
    arn: session(production),
  },
  { title: 'makes a renewing profile current', inputs: { ...chain, refresh: 'true' }, arn: session(deploy) },
];

const cases = modes.flatMap((mode) => everything.map((before) => ({ mode, before })));
const clients = await findClients();
const ask = openAsking();
const all = (arn: string) => Object.fromEntries(clients.map(({ name }) => [name, arn]));

describe('every AWS client', () => {
  test.each(cases)('has the last role after a step that $mode.title, over $before.title', async ({ mode, before }) => {
    const stage = await openStageOver(before);
    await stage.succeeds(mode.inputs);
    expect(await identities(stage)).toEqual(all(mode.arn));
  });

  test("has each target's role with the name of its profile", async () => {
    const stage = await openStageOver(nothing);
    await stage.succeeds({ targets });
    expect(await identities(stage, { AWS_PROFILE: 'staging' })).toEqual(all(session(deploy)));
    expect(await identities(stage, { AWS_PROFILE: 'prod' })).toEqual(all(session(production)));
  });

  test.each([keys, profile, profileAndKeys])('has its former identity after post, over $title', async (before) => {
    const stage = await openStageOver(before);
    // boto3 and version 1 of the AWS CLI do not read AWS_REGION, and need a Region before the step and after its post.
    const region = { AWS_DEFAULT_REGION: 'eu-west-1' };
    const theirs = await identities(stage, region);
    expect(Object.values(theirs).join()).not.toContain('error');
    await stage.succeeds(chain);
    expect(await identities(stage)).toEqual(all(session(deploy)));
    await stage.finish();
    expect(await identities(stage, region)).toEqual(theirs);
  });

  test('has the inner role when one step follows another that changed AWS_PROFILE', async () => {
    const stage = await openStageOver(profile);
    await stage.succeeds(chain);
    await stage.succeeds({ 'role-chain': chainOf(hub, production) });
    expect(await identities(stage)).toEqual(all(session(production)));
  });
});

function staleKeys(emulator: Emulator): Variables {
  return asVariables(emulator.issue(production, { sessionName: 'theirs' }));
}

const openStageOver = ({ environment }: Before) => openStageWithProfile(environment);

/** The identity of each client in a later step, `error` when it has none. */
async function identities({ job }: Stage, env: Variables = {}): Promise<Record<string, string>> {
  const all = clients.map(async (client) => {
    const { who } = await ask(client, { ...job.environment, ...env });
    return [client.name, who] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}
