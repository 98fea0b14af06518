import { describe, expect, it } from 'vitest';
import type { ReachedTarget } from '../../../src/domain/chain/outcome.js';
import { environmentProfileName } from '../../../src/domain/handover/environment-profile.js';
import { planHandover } from '../../../src/domain/handover/handover.js';
import type { Environment } from '../../../src/domain/input/environment.js';
import type { Request } from '../../../src/domain/request/request.js';
import { hopTo, requestFor, roleIn, sessionOf, targetOf, walkedTo } from '../../support/example-chain.js';

const chain = targetOf([hopTo(roleIn(1, 'hub')), hopTo(roleIn(2, 'deploy'))]);
const regional = { ...chain, region: 'eu-west-1' };
const staging = targetOf([hopTo(roleIn(2, 'staging'))], { name: 'staging', region: 'eu-west-1' });
const prod = targetOf([hopTo(roleIn(3, 'prod'))], { name: 'prod' });
const keys = {
  AWS_ACCESS_KEY_ID: 'ASIA-deploy',
  AWS_SECRET_ACCESS_KEY: 'secret of deploy',
  AWS_SESSION_TOKEN: 'token of deploy',
};
const prodKeys = {
  AWS_ACCESS_KEY_ID: 'ASIA-prod',
  AWS_SECRET_ACCESS_KEY: 'secret of prod',
  AWS_SESSION_TOKEN: 'token of prod',
};

/** The environment profile of the step. */
const environmentProfile = 'assume-role-environment-abcdefgh';

function hand(
  walked: readonly ReachedTarget[],
  handover: Partial<Request['handover']> = {},
  { environment = {}, ...words }: Partial<Request> & { environment?: Environment } = {},
) {
  const request = requestFor(
    walked.map(({ target }) => target),
    handover,
    words,
  );
  const processCommand = (target: ReachedTarget | 'environment') =>
    `ask for ${target === 'environment' ? 'the environment' : (target.target.name ?? 'the chain')}`;
  return planHandover({
    request,
    reached: walked,
    environment,
    processCommand,
    environmentProfile: environmentProfileName(request.handover, environment, 'abcdefgh-ijkl'),
  });
}

describe('the environment after one chain', () => {
  it('has the keys of the last session', () => {
    expect(hand([walkedTo(chain)])).toMatchObject({ environment: keys, profiles: [] });
    expect(Object.keys(hand([walkedTo(chain)]).environment)).toHaveLength(3);
  });

  it('has a given Region', () => {
    expect(hand([walkedTo(regional)]).environment).toEqual({
      ...keys,
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    });
  });

  it('has no old session token with long-term keys', () => {
    const user = walkedTo(chain, { credentials: { accessKeyId: 'AKIA', secretAccessKey: 's' }, sessions: [] });
    expect(hand([user]).environment).toEqual({ AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' });
    const environment = { AWS_SESSION_TOKEN: 'old', AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z' };
    expect(hand([user], {}, { environment }).environment).toMatchObject({
      AWS_CREDENTIAL_EXPIRATION: '',
      AWS_SESSION_TOKEN: '',
    });
  });

  it('does not change when the keys were there already', () => {
    const kept = walkedTo(chain, { isKept: true, sessions: [] });
    expect(hand([kept], {}, { environment: { AWS_PROFILE: 'x' } })).toMatchObject({ environment: {}, profiles: [] });
    expect(hand([kept]).outputs).toMatchObject({ 'aws-account-id': '222222222222' });
  });

  it('gets at most a Region when the keys were there already', () => {
    const kept = walkedTo(regional, { isKept: true, sessions: [] });
    const regions = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' };
    expect(hand([kept]).environment).toEqual(regions);
    expect(hand([kept], { environment: false }).environment).toEqual({});
  });

  it('does not change when it is not wanted', () => {
    expect(hand([walkedTo(regional)], { environment: false }).environment).toEqual({});
  });
});

describe('AWS_PROFILE of the job', () => {
  const environment = { AWS_PROFILE: 'theirs' };

  it('is replaced by an environment profile, because some tools prefer a profile to keys', () => {
    expect(hand([walkedTo(regional)], {}, { environment })).toMatchObject({
      environment: { ...keys, AWS_PROFILE: environmentProfile },
      profiles: [
        { name: environmentProfile, config: { region: 'eu-west-1', credential_process: 'ask for the environment' } },
      ],
    });
  });

  it('is replaced by the requested profile', () => {
    const { environment: after, profiles } = hand([walkedTo(chain)], { profile: 'ci' }, { environment });
    expect(after).toMatchObject({ ...keys, AWS_PROFILE: 'ci' });
    expect(profiles.map(({ name }) => name)).toEqual(['ci']);
  });

  it('is replaced together with AWS_DEFAULT_PROFILE when that is set', () => {
    const both = { AWS_PROFILE: 'theirs', AWS_DEFAULT_PROFILE: 'older' };
    expect(hand([walkedTo(chain)], {}, { environment: both }).environment).toMatchObject({
      AWS_PROFILE: environmentProfile,
      AWS_DEFAULT_PROFILE: environmentProfile,
    });
    expect(hand([walkedTo(chain)], {}, { environment }).environment).not.toHaveProperty('AWS_DEFAULT_PROFILE');
  });

  it('is kept when only a profile is written', () => {
    const { environment: after } = hand([walkedTo(chain)], { profile: 'ci', environment: false }, { environment });
    expect(after).toEqual({});
  });
});

describe('a profile', () => {
  it('has the keys and the Region', () => {
    expect(hand([walkedTo(regional)], { profile: 'ci', environment: false }).profiles).toEqual([
      {
        name: 'ci',
        config: { region: 'eu-west-1' },
        credentials: {
          aws_access_key_id: 'ASIA-deploy',
          aws_secret_access_key: 'secret of deploy',
          aws_session_token: 'token of deploy',
        },
      },
    ]);
  });

  it('that renews has no keys, becomes the current one, and stale keys are blanked', () => {
    const environment = {
      AWS_ACCESS_KEY_ID: 'old',
      AWS_SESSION_TOKEN: '',
      AWS_ROLE_ARN: 'old',
      AWS_DEFAULT_PROFILE: 'old',
    };
    const given = { refresh: true, environment: false, profile: 'assume-role' };
    expect(hand([walkedTo(regional)], given, { environment })).toMatchObject({
      environment: {
        AWS_ACCESS_KEY_ID: '',
        AWS_ROLE_ARN: '',
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_PROFILE: 'assume-role',
        AWS_DEFAULT_PROFILE: 'assume-role',
      },
      profiles: [{ name: 'assume-role', config: { region: 'eu-west-1', credential_process: 'ask for the chain' } }],
    });
    const { environment: after, profiles } = hand([walkedTo(regional)], given, { environment });
    expect(after).not.toHaveProperty('AWS_SESSION_TOKEN');
    expect(profiles[0]).not.toHaveProperty('credentials');
  });
});

describe('several targets', () => {
  const walked = [walkedTo(staging), walkedTo(prod)];

  it('are profiles with their names, each with its Region, and no variables', () => {
    const { environment, profiles, outputs } = hand(walked, { environment: false });
    expect(environment).toEqual({});
    expect(profiles.map(({ name, config }) => [name, config])).toEqual([
      ['staging', { region: 'eu-west-1' }],
      ['prod', {}],
    ]);
    expect(Object.keys(outputs)).toEqual(['targets']);
  });

  it('may have a current profile, which replaces older keys', () => {
    const environment = { AWS_ACCESS_KEY_ID: 'old', AWS_SECRET_ACCESS_KEY: 'old' };
    const { environment: after, outputs } = hand(walked, { environment: false, profile: 'prod' }, { environment });
    expect(after).toEqual({ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_PROFILE: 'prod' });
    expect(outputs).toMatchObject({ 'aws-account-id': '333333333333' });
  });

  it('may have a current profile with keys in the environment', () => {
    const { environment } = hand(walked, { environment: true, profile: 'prod' });
    expect(environment).toEqual({ ...prodKeys, AWS_PROFILE: 'prod' });
  });
});

describe('the outputs', () => {
  it('describe the last session and every hop', () => {
    const [first, second] = chain.hops.map((hop) => sessionOf(hop, { tokenSize: { utilization: 7, bytes: 800 } }));
    const sessions = [{ ...first }, { ...second }] as unknown as ReachedTarget['sessions'];
    const { outputs } = hand([walkedTo(chain, { sessions })]);
    expect(Object.keys(outputs)).toEqual(['aws-account-id', 'authenticated-arn', 'aws-expiration', 'role-chain']);
    expect(outputs).toMatchObject({
      'aws-account-id': '222222222222',
      'authenticated-arn': 'arn:aws:sts::222222222222:assumed-role/deploy/GitHubActions',
      'aws-expiration': '2026-01-02T03:04:05Z',
    });
    expect(JSON.parse(outputs['role-chain'] ?? '')).toEqual([
      {
        roleArn: 'arn:aws:iam::111111111111:role/hub',
        arn: 'arn:aws:sts::111111111111:assumed-role/hub/GitHubActions',
        accountId: '111111111111',
        expiration: '2026-01-02T03:04:05Z',
        packedPolicySize: 7,
        sessionTokenUtilization: 7,
        sessionTokenSize: 800,
      },
      {
        roleArn: 'arn:aws:iam::222222222222:role/deploy',
        arn: 'arn:aws:sts::222222222222:assumed-role/deploy/GitHubActions',
        accountId: '222222222222',
        expiration: '2026-01-02T03:04:05Z',
        packedPolicySize: 7,
        sessionTokenUtilization: 7,
        sessionTokenSize: 800,
      },
    ]);
  });

  it('contain the keys only on request, in every mode', () => {
    const wanted = {
      'aws-access-key-id': 'ASIA-deploy',
      'aws-secret-access-key': 'secret of deploy',
      'aws-session-token': 'token of deploy',
    };
    for (const environment of [true, false]) {
      expect(hand([walkedTo(chain)], { outputs: true, environment, profile: 'ci' }).outputs).toMatchObject(wanted);
      const without = JSON.stringify(hand([walkedTo(chain)], { environment }).outputs);
      expect(without).not.toMatch(/secret of|token of|ASIA-/);
    }
  });

  it('contain each target', () => {
    const { outputs } = hand([walkedTo(staging), walkedTo(prod)], { environment: false });
    expect(JSON.parse(outputs.targets ?? '')).toEqual({
      staging: {
        accountId: '222222222222',
        arn: 'arn:aws:sts::222222222222:assumed-role/staging/GitHubActions',
        expiration: '2026-01-02T03:04:05Z',
      },
      prod: {
        accountId: '333333333333',
        arn: 'arn:aws:sts::333333333333:assumed-role/prod/GitHubActions',
        expiration: '2026-01-02T03:04:05Z',
      },
    });
  });
});

it('no key of an earlier session is in anything that is left behind', () => {
  const everything = hand([walkedTo(regional)], { outputs: true, profile: 'ci', environment: true });
  expect(JSON.stringify(everything)).not.toMatch(/of hub|ASIA-hub/);
});

it('existing credentials are blanked on request, but no profile', () => {
  const environment = {
    AWS_ACCESS_KEY_ID: 'old',
    AWS_CONTAINER_CREDENTIALS_FULL_URI: 'old',
    AWS_WEB_IDENTITY_TOKEN_FILE: '',
    AWS_PROFILE: 'theirs',
  };
  const { environment: after } = hand(
    [walkedTo(chain)],
    { environment: false, profile: 'ci' },
    { environment, unsetsCurrent: true },
  );
  expect(after).toEqual({ AWS_ACCESS_KEY_ID: '', AWS_CONTAINER_CREDENTIALS_FULL_URI: '' });
  const { environment: withKeys } = hand([walkedTo(chain)], {}, { environment, unsetsCurrent: true });
  expect(withKeys).toMatchObject({ ...keys, AWS_CONTAINER_CREDENTIALS_FULL_URI: '' });
});
