import { describe, expect, test } from 'vitest';
import { writeAwsFiles } from '../../support/base-files.js';
import { addressOf } from '../../support/behind-proxy.js';
import { deploy, hub } from '../../support/example-world.js';
import { startProxy } from '../../support/proxy-server.js';
import { chainOf, openStage } from '../../support/stage.js';

describe("the machine's own settings of the AWS SDK for STS count:", () => {
  test.each([
    ['none', {}, '', 'sts.us-east-1.amazonaws.com'],
    ['AWS_USE_FIPS_ENDPOINT', { AWS_USE_FIPS_ENDPOINT: 'true' }, '', 'sts-fips.us-east-1.amazonaws.com'],
    ['AWS_USE_DUALSTACK_ENDPOINT', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, '', 'sts.us-east-1.api.aws'],
    ['use_fips_endpoint', {}, '[default]\nuse_fips_endpoint = true\n', 'sts-fips.us-east-1.amazonaws.com'],
    ['use_dualstack_endpoint', {}, '[default]\nuse_dualstack_endpoint = true\n', 'sts.us-east-1.api.aws'],
  ])('%s', async (_, variables, config, host) => {
    const proxy = await startProxy();
    const stage = await openStage({ environment: { AWS_ENDPOINT_URL_STS: '', ...variables } });
    if (config !== '') {
      await writeAwsFiles(stage, '', config);
    }
    const inputs = { 'aws-region': 'us-east-1', 'http-proxy': addressOf(proxy), 'disable-retry': 'true' };
    const { log } = await stage.fails({ 'role-to-assume': hub, ...inputs });
    expect(proxy.asked).toEqual([`CONNECT ${host}:443`]);
    expect(log).toContain('403');
  });

  test.each([
    ['AWS_SDK_UA_APP_ID', { AWS_SDK_UA_APP_ID: 'our-fleet' }, ''],
    ['sdk_ua_app_id', {}, '[default]\nsdk_ua_app_id = our-fleet\n'],
  ])('%s is in the user agent of every hop', async (_, environment, config) => {
    const stage = await openStage({ environment });
    if (config !== '') {
      await writeAwsFiles(stage, '', config);
    }
    await stage.succeeds({ 'role-chain': chainOf(hub, deploy) });
    const agents = ['AssumeRoleWithWebIdentity', 'AssumeRole'].map(
      (operation) => stage.requests(operation)[0]?.headers['user-agent'],
    );
    expect(agents).toEqual([expect.stringContaining('app/our-fleet'), expect.stringContaining('app/our-fleet')]);
  });
});
