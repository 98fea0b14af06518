import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { alteredSts, type PassedAnswer } from '../../support/altered-sts.js';
import { deploy, hub, keys } from '../../support/example-world.js';
import { echoOf, exposedIn, shownBy } from '../../support/exposed-secrets.js';
import { openRefreshStage, untilRenewal } from '../../support/refresh-stage.js';
import { serve } from '../../support/servers.js';
import { chainOf, openStage, type StageOptions } from '../../support/stage.js';

const xml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\p{Cc}/gu, (one) => `&#${one.charCodeAt(0)};`);

/** Collects every secret that an STS receives and returns. */
class Heard {
  readonly secrets = new Set<string>(['proxy-p4ssw0rd-9']);

  hear({ question, body }: PassedAnswer, isRefused: boolean): void {
    const token = new URLSearchParams(question.body).get('WebIdentityToken');
    const given = isRefused ? [] : body.matchAll(/<(?:AccessKeyId|SecretAccessKey|SessionToken)>([^<]+)</g);
    for (const secret of [token, ...[...given].map(([, value]) => value)]) {
      if (secret) {
        this.secrets.add(secret);
      }
    }
  }

  /** Refuses a call with a message that repeats all of them. */
  refuse(answer: PassedAnswer, more: readonly string[]): void {
    const said = xml(echoOf([...this.secrets, ...more, answer.question.authorization, answer.question.body]));
    answer.status = 403;
    answer.headers['content-type'] = 'text/xml';
    answer.body = `<ErrorResponse><Error><Type>Sender</Type><Code>Denied${said}</Code><Message>${said}</Message></Error><RequestId>${said}</RequestId></ErrorResponse>`;
  }
}

/** A stage whose STS refuses the calls of an operation, from the nth on, and repeats every secret. */
async function openEchoing(operation: string, from = 0, options: StageOptions = {}, open = openStage) {
  const heard = new Heard();
  const more: string[] = [];
  const stage = await open({
    ...options,
    environment: async (emulator) => {
      const { url } = await alteredSts(emulator.url, (answer, name, before) => {
        const isRefused = name === operation && before >= from;
        heard.hear(answer, isRefused);
        if (isRefused) {
          heard.refuse(answer, more);
        }
      });
      return {
        AWS_ENDPOINT_URL_STS: url,
        HTTPS_PROXY: 'http://user:proxy-p4ssw0rd-9@127.0.0.1:9',
        ...options.environment,
      };
    },
  });
  more.push(stage.job.environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? '');
  return { stage, heard, secrets: () => [...heard.secrets, ...more].filter((secret) => secret !== '') };
}

describe('a service that repeats every secret of a walk in every encoding', () => {
  test('leaks none in log, annotations and summary of a chain from the ID token', async () => {
    const { stage, secrets } = await openEchoing('AssumeRole');
    const step = await stage.job.step({ with: { 'role-chain': chainOf(hub, deploy), 'disable-retry': 'true' } });
    expect(step.exitCode).toBe(1);
    expect(step.log).toContain('Denied');
    expect(secrets().length).toBeGreaterThanOrEqual(5);
    expect(exposedIn(shownBy(step), secrets())).toEqual([]);
    expect(shownBy(step)).not.toMatch(/Action=AssumeRole|SignedHeaders|Signature=\w/);
  });

  test('leaks no base key', async () => {
    const { stage, secrets } = await openEchoing('AssumeRole', 0, { idToken: false });
    const all = [...Object.values(keys), ...secrets()];
    const step = await stage.job.step({ with: { 'role-to-assume': hub, ...keys, 'disable-retry': 'true' } });
    expect(step.log).toContain('Denied');
    expect(exposedIn(shownBy(step), all)).toEqual([]);
  });

  test('leaks no secret of a source profile', async () => {
    const { stage, secrets } = await openEchoing('AssumeRole', 0, {
      idToken: false,
      environment: { AWS_PROFILE: 'wide' },
    });
    const { home } = stage.job.folders;
    await mkdir(join(home, '.aws'));
    await writeFile(join(home, '.aws/config'), `[profile wide]\nrole_arn = ${hub}\nsource_profile = base\n`);
    await writeFile(
      join(home, '.aws/credentials'),
      `[base]\naws_access_key_id\t=\t${keys['aws-access-key-id']}\naws_secret_access_key=${keys['aws-secret-access-key']}\n`,
    );
    const step = await stage.job.step({
      with: { 'role-to-assume': deploy, 'role-chaining': 'true', 'disable-retry': 'true' },
    });
    expect(step.exitCode).toBe(1);
    expect(exposedIn(shownBy(step), [...Object.values(keys), ...secrets()])).toEqual([]);
  });

  test('leaks none on stderr of a renewal', async () => {
    const { stage, heard, secrets } = await openEchoing('AssumeRole', 1, {}, openRefreshStage as typeof openStage);
    const refresh = stage as Awaited<ReturnType<typeof openRefreshStage>>;
    await refresh.job.step({ with: { 'role-chain': chainOf(hub, deploy), refresh: 'true' } });
    refresh.later(untilRenewal);
    // Post does not know the secrets that only main knew.
    heard.secrets.clear();
    const { code, stdout, stderr } = await refresh.call();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('Denied');
    expect(exposedIn(stderr, secrets())).toEqual([]);
  });
});

describe('a token service that repeats the request token', () => {
  test.each([403, 500, 200])('does not leak it when it answers with %i', async (status) => {
    const token = 'gh-runtime-7f3kQ9xZ2mB8vL4nR6tW1yPq';
    const { url } = await serve((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: echoOf([token, `Bearer ${token}`]) }));
    });
    const stage = await openStage({
      environment: { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/?x=1`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token },
    });
    const step = await stage.job.step({ with: { 'role-to-assume': hub, 'disable-retry': 'true' } });
    expect(step.exitCode).toBe(1);
    expect(exposedIn(shownBy(step), [token])).toEqual([]);
  });
});

describe('a credential provider of the SDK that repeats its answer', () => {
  test('leaks no key of a container endpoint in the log', async () => {
    const token = 'container-5uP3rS3cr3tAuth0rization';
    const secret = 'qX7/zD2+eF8gH1jK4lM6nP9rS3tV5wY0bC';
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`{"AccessKeyId":"ASIAQWERTYUIOPASDFGH","SecretAccessKey":"${secret}","Token":"${echoOf([token])}`);
    });
    const stage = await openStage({
      idToken: false,
      environment: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/role`, AWS_CONTAINER_AUTHORIZATION_TOKEN: token },
    });
    const step = await stage.job.step({
      with: { 'credential-source': 'EcsContainer', 'role-to-assume': hub, 'disable-retry': 'true' },
    });
    expect(step.exitCode).toBe(1);
    expect(exposedIn(shownBy(step), [token, secret])).toEqual([]);
  });
});

describe('a proxy that repeats its password', () => {
  test('does not leak it when it refuses a tunnel', async () => {
    const password = 'proxy-p4ssw0rd-Kx7';
    const { host } = await serve(() => undefined);
    const stage = await openStage({ environment: { AWS_ENDPOINT_URL_STS: 'https://sts.example.com' } });
    const step = await stage.job.step({
      with: {
        'role-to-assume': hub,
        ...keys,
        'http-proxy': `http://user:${password}@${host}`,
        'disable-retry': 'true',
      },
    });
    expect(step.exitCode).toBe(1);
    expect(exposedIn(shownBy(step), [password])).toEqual([]);
  });
});
