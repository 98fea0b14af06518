import { describe, expect, test } from 'vitest';
import { deploy, hub, keys } from '../../support/example-world.js';
import { github, single, tagsOf, transitiveOf, warnings } from '../../support/sent-tags.js';
import { openStage } from '../../support/stage.js';

describe('transitive tags', () => {
  const team = { 'custom-tags': { Team: 'platform' }, 'transitive-tag-keys': ['Team'] };
  const tagged = JSON.stringify({ 'role-to-assume': hub, ...team });

  test('are sent as such, reach the last session, and the log says what later hops need', async () => {
    const stage = await openStage();
    const step = await stage.succeeds({ ...keys, 'role-chain': `- ${tagged}\n- ${deploy}\n` });
    expect(transitiveOf(stage)).toEqual(['Team']);
    expect(step.annotations).toEqual([
      expect.objectContaining({ level: 'notice', message: expect.stringMatching(/Hop 2.*Team.*sts:TagSession/) }),
    ]);
  });

  test('that name a default tag without a value in this run are omitted with a warning', async () => {
    const stage = await openStage({ job: { github: { head_ref: '' } } });
    const step = await stage.succeeds({ ...single, 'transitive-tag-keys': 'Repository,HeadRef' });
    expect(transitiveOf(stage)).toEqual(['Repository']);
    expect(warnings(step)).toEqual([expect.stringContaining('HeadRef')]);
  });

  test('must be among the tags, and no later hop can set them again', async () => {
    const stage = await openStage();
    await stage.refuses({ ...single, 'transitive-tag-keys': 'Nobody' }, "'Nobody'");
    const again = JSON.stringify({ 'role-to-assume': deploy, 'custom-tags': { team: 'other' } });
    await stage.refuses(
      { ...keys, 'role-chain': `- ${tagged}\n- ${again}\n` },
      'hop 2',
      "'Team'",
      'transitive from hop 1',
    );
  });
});

describe('tags that are too large for AWS', () => {
  const large = { operation: 'AssumeRole', fault: { kind: 'packed-too-large', percent: 118 } } as const;

  test('lose the droppable ones once, transitive keys included, and the log says so', async () => {
    const stage = await openStage({ job: { github } });
    stage.emulator.faults.add(large);
    const step = await stage.succeeds({ ...single, 'transitive-tag-keys': 'Repository,RunId' });
    expect(stage.calls()).toEqual([`AssumeRole ${hub}`, `AssumeRole ${hub}`]);
    expect(Object.keys(tagsOf(stage, 1))).toEqual([
      'GitHub',
      'Repository',
      'Workflow',
      'Action',
      'Actor',
      'Commit',
      'Branch',
    ]);
    expect([transitiveOf(stage, 0), transitiveOf(stage, 1)]).toEqual([['Repository', 'RunId'], ['Repository']]);
    expect(warnings(step)).toEqual([
      expect.stringMatching(/118%.*EventName, BaseRef, HeadRef, RunId, Job, TriggeringActor/),
    ]);
  });

  test('fail the step when the second try is also too large', async () => {
    const stage = await openStage();
    stage.emulator.faults.add({ ...large, first: 9 });
    const { log } = await stage.fails(single);
    expect(stage.requests('AssumeRole')).toHaveLength(2);
    expect(log).toContain('PackedPolicyTooLarge');
  });

  test('are never dropped if they are custom', async () => {
    const stage = await openStage();
    stage.emulator.faults.add(large);
    await stage.fails({ ...single, 'role-skip-session-tagging': 'true', 'custom-tags': '{"Team":"platform"}' });
    expect(stage.requests('AssumeRole')).toHaveLength(1);
  });
});
