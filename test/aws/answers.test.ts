import { Agent } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSts } from '../../src/aws/sts.js';
import { alteredSts, type PassedAnswer } from '../support/altered-sts.js';
import { deploy, hub, keys } from '../support/example-world.js';
import { openWalkSetup, reached, stops, type WalkSetup } from '../support/walk-setup.js';

const chain = { 'role-chain': `${hub}\n${deploy}` };
const userAgent = [['test', '1']] as const;

interface AlteredSetup {
  readonly setup: WalkSetup;
  readonly walk: WalkSetup['walk'];
  readonly asked: readonly string[];
}

/** A setup whose STS answers are altered, optionally under an AWS host name. */
async function altered(
  alter: (answer: PassedAnswer, operation: string, before: number) => void,
  host = '127.0.0.1',
): Promise<AlteredSetup> {
  const setup = await openWalkSetup();
  const { url, asked } = await alteredSts(setup.emulator.url, alter);
  const http = new Agent({
    lookup: (_, options, found) => {
      if (options.all) {
        found(null, [{ address: '127.0.0.1', family: 4 }]);
      } else {
        found(null, '127.0.0.1', 4);
      }
    },
  });
  onTestFinished(() => http.destroy());
  const endpoint = url.replace('127.0.0.1', host);
  const sts = openSts({ region: 'us-east-1', endpoint, agents: { http, https: http as never }, userAgent });
  return { setup, asked, walk: (inputs, words) => setup.walk(inputs, { stsFor: () => sts, ...words }) };
}

const replace = (from: string | RegExp, to: string, only = 'AssumeRole') => {
  return (answer: PassedAnswer, operation: string) => {
    if (operation === only) {
      answer.body = answer.body.replace(from, to);
    }
  };
};

describe('a wrong answer is rejected, and its secrets are masked', () => {
  it.each<[string, (answer: PassedAnswer, operation: string) => void, string]>([
    ['the session of another account', replace('222222222222:assumed', '999999999999:assumed'), 'WrongSession'],
    ['the session of another role', replace('assumed-role/deploy/', 'assumed-role/admin/'), 'WrongSession'],
    ['a session that is over', replace(/<Expiration>[^<]+/, '<Expiration>2020-01-01T00:00:00Z'), 'SessionEnded'],
  ])('%s', async (_, alter, code) => {
    const { setup, walk, asked } = await altered(alter);
    const [stop] = stops(await walk(chain));
    expect(stop?.failure).toMatchObject({ operation: 'AssumeRole', code, attempts: 1 });
    expect(asked).toEqual(['AssumeRoleWithWebIdentity', 'AssumeRole']);
    expect(setup.masked.filter((value) => value.startsWith('ASIA'))).toHaveLength(2);
  });

  it('a caller in two accounts', async () => {
    const { walk } = await altered(replace(/<Account>\d+/, '<Account>999999999999', 'GetCallerIdentity'));
    const [stop] = stops(await walk({ ...keys, 'allowed-account-ids': '999999999999' }));
    expect(stop?.failure).toMatchObject({ operation: 'GetCallerIdentity', code: 'WrongIdentity' });
    expect(stop?.failure.message).toMatch(/999999999999.*111111111111/);
  });
});

describe('an answer without an ARN', () => {
  const bare = replace(/<Arn>[^<]+<\/Arn>/, '<Arn></Arn>');

  it('is accepted from an STS of another vendor', async () => {
    const { walk } = await altered(bare);
    const [walked] = reached(await walk(chain));
    expect(walked?.identity).toMatchObject({ arn: '', accountId: '222222222222', name: 'deploy' });
  });

  it("is rejected from AWS's own host", async () => {
    const { walk } = await altered(bare, 'sts.us-east-1.amazonaws.com');
    const [stop] = stops(await walk(chain, { rules: { attempts: 1, includesFreshRoles: false } }));
    expect(stop?.failure.code).toBe('IncompleteAnswer');
  });
});

describe('a call whose answer breaks off is retried, and no hop before it', () => {
  it.each<[string, (answer: PassedAnswer) => void]>([
    [
      'in the middle of its body',
      (answer) => {
        answer.cutAfter = 200;
      },
    ],
    [
      'in the middle of an error',
      (answer) => {
        Object.assign(answer, { status: 503, cutAfter: 20 });
      },
    ],
    [
      'before its first byte',
      (answer) => {
        answer.body = answer.body.slice(0, 200);
      },
    ],
    [
      'with HTTP 408',
      (answer) => {
        Object.assign(answer, { status: 408, body: '<html>Request Timeout</html>' });
      },
    ],
  ])('%s', async (_, alter) => {
    const { walk, asked, setup } = await altered((answer, operation, before) => {
      if (operation === 'AssumeRole' && before === 0) {
        alter(answer);
      }
    });
    reached(await walk(chain));
    expect(asked).toEqual(['AssumeRoleWithWebIdentity', 'AssumeRole', 'AssumeRole']);
    expect(setup.tokens()).toBe(1);
  });
});

it.each([
  [
    '<SessionTokenUtilization>81</SessionTokenUtilization><SessionTokenSize>3290</SessionTokenSize><PackedPolicySize>12</PackedPolicySize>',
    { utilization: 81, bytes: 3290 },
  ],
  ['<PackedPolicySize>12</PackedPolicySize>', { utilization: 12 }],
  ['<SessionTokenUtilization>many</SessionTokenUtilization><PackedPolicySize>-1</PackedPolicySize>', undefined],
  [
    '<SessionTokenUtilization>soon</SessionTokenUtilization><SessionTokenSize>big</SessionTokenSize><PackedPolicySize>12</PackedPolicySize>',
    { utilization: 12 },
  ],
  ['', undefined],
])('the fill level of the session token is read from %s', async (elements, wanted) => {
  const { walk } = await altered((answer) => {
    answer.body = answer.body
      .replace(/<(SessionTokenUtilization|SessionTokenSize|PackedPolicySize)>\d+<\/\1>/g, '')
      .replace('<Credentials>', `${elements}<Credentials>`);
  });
  const [walked] = reached(await walk(chain));
  expect(walked?.sessions.map(({ tokenSize }) => tokenSize)).toEqual([wanted, wanted]);
});
