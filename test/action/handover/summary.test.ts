import { describe, expect, it } from 'vitest';
import { deploy, hub, production } from '../../support/example-world.js';
import { chainOf, openStage } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy) };

describe('the job summary', () => {
  it('shows the chain as a flowchart and a table, with links to the console', async () => {
    const stage = await openStage();
    const { summary } = await stage.succeeds(chain);
    expect(summary).toContain('```mermaid\nflowchart LR\n');
    expect(summary).toMatch(/\| 2 \| 222222222222 \| `deploy` \| `GitHubActions` \| 3600 s \(1h\) \| \d{4}-[^|]+Z \|/);
    expect(summary).toContain('https://signin.aws.amazon.com/switchrole?account=222222222222&roleName=deploy&');
  });

  it('can be turned off', async () => {
    const stage = await openStage();
    expect((await stage.succeeds({ ...chain, 'job-summary': 'false' })).rawSummary).toBe('');
    const failing = await openStage();
    expect((await failing.fails({ 'role-to-assume': 'x', 'job-summary': 'false' })).rawSummary).toBe('');
  });

  it('shows no hidden account ID, whatever the runner masks', async () => {
    const masked = { ...chain, 'mask-aws-account-id': 'true' };
    const stage = await openStage();
    const walked = await stage.succeeds(masked);
    expect(walked.rawSummary).toContain('account ***');
    expect(walked.rawSummary).not.toMatch(/\d{12}/);
    const other = await openStage();
    other.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'access-denied' } });
    const failed = await other.fails(masked);
    expect(failed.rawSummary).toContain('Trust policy of');
    expect(failed.rawSummary).not.toMatch(/\d{12}/);
    expect(failed.log).not.toMatch(/\d{12}/);
  });

  it('is one tree for several targets, with the name of each', async () => {
    const stage = await openStage();
    const { summary } = await stage.succeeds({
      targets: `staging: [${hub}, ${deploy}]\nprod: [${hub}, ${production}]`,
    });
    expect(summary.match(/```mermaid/g)).toHaveLength(1);
    expect(summary.match(/subgraph [^\n]*111111111111/g)).toHaveLength(1);
    expect(summary).toContain('| 1 `staging` `prod` | 111111111111 |');
    expect(summary).toMatch(/\| 2 `prod` \| 333333333333 \| `deploy` \|/);
    expect(summary.match(/switchrole/g)).toHaveLength(2);
  });

  it('warns, as the log does, when a session token is nearly full', async () => {
    const stage = await openStage();
    const tags = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`key-${index}`, 'x'.repeat(250)]));
    const { summary, annotations } = await stage.succeeds({ ...chain, 'custom-tags': JSON.stringify(tags) });
    const percent = Number([...summary.matchAll(/\| (\d+) % \|/g)].at(-1)?.[1]);
    expect(percent).toBeGreaterThanOrEqual(80);
    expect(summary).toContain(`⚠️ Hop 2 of 2: the session token is ${percent} % full`);
    expect(annotations).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringContaining(`${percent} %`) }),
    ]);
  });

  it('shows a failure with its explanation, and which hops succeeded', async () => {
    const stage = await openStage();
    stage.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'access-denied' } });
    const { summary } = await stage.fails(chain);
    expect(summary).toMatch(/^### Hop 2 of 2: AWS refused this hop\n/);
    expect(summary).toMatch(/class n2 made[\s\S]*class n3 failed/);
    expect(summary).toContain('"Principal"');
  });
});

describe('the annotation of a failed step', () => {
  async function refused(environment: Record<string, string> = {}) {
    const stage = await openStage({ environment });
    stage.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'access-denied' } });
    const { rawLines, annotations } = await stage.fails(chain);
    const lines = rawLines.map(({ line }) => line).filter((line) => line.startsWith('::error'));
    expect(lines).toHaveLength(1);
    expect(annotations[0]?.message.length).toBeLessThan(1_100);
    expect(annotations[0]?.title).toBe('Hop 2 of 2: AWS refused this hop (AccessDenied)');
    return { line: lines[0] ?? '', message: annotations[0]?.message };
  }

  it("is one short text that quotes AWS's complete message", async () => {
    const { message } = await refused();
    expect(message).toMatch(
      /is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role\/deploy\. Request ID [\w-]+\. /,
    );
  });

  it.each(['ACT', 'GITEA_ACTIONS', 'FORGEJO_ACTIONS'])(
    'is the same for a runner that splits at the last colons of a line, which prints %s',
    async (name) => {
      const { line, message } = await refused({ [name]: 'true' });
      expect(/^::([^ ]+) (.+)::([^\r\n]*)$/.exec(line)?.[3]).toBe(message);
      expect(message).toContain('role/deploy (account 222222222222). Request ID');
    },
  );

  it('is short when twenty targets fail', async () => {
    const stage = await openStage();
    const account = (index: number) => String(222222222222 + index);
    const targets = Array.from(
      { length: 20 },
      (_, index) => `t${index}: [${hub}, "arn:aws:iam::${account(index + 1)}:role/none"]`,
    );
    const { annotations, summary, log } = await stage.fails({ targets: targets.join('\n') });
    expect(annotations).toHaveLength(1);
    expect(annotations[0]?.message.length).toBeLessThan(1_100);
    expect(annotations[0]?.title).toContain('20 targets failed');
    expect(log.match(/Likely causes/g)).toHaveLength(1);
    expect(log.split('\n').length).toBeLessThan(250);
    expect(summary.length).toBeLessThan(100_000);
  });
});

describe('a job without permissions: id-token: write', () => {
  it('is reported at once, with forks and Dependabot as the usual reason', async () => {
    const stage = await openStage({ idToken: false });
    const { log, durationMs } = await stage.refuses(chain, 'id-token: write');
    expect(log).toMatch(/forks get no ID token, and runs of Dependabot/);
    expect(durationMs).toBeLessThan(5_000);
  });
});

describe('a chain that starts from an earlier step', () => {
  it("shows the name of that step's session", async () => {
    const stage = await openStage();
    await stage.succeeds({ 'role-to-assume': hub, 'role-session-name': 'build-7' });
    const { summary, log } = await stage.succeeds({ 'role-chaining': 'true', 'role-to-assume': deploy });
    expect(summary).toContain('ci-hub<br>session build-7');
    expect(log).toContain('assumed-role/ci-hub/build-7 → ');
  });
});
