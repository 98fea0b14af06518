import { parseArgs } from 'node:util';
import { startEmulator } from '../emulator/server/start-emulator.js';
import { exampleWorld } from '../emulator/world/load-world.js';
import { hasAwsCli } from './aws-cli.js';
import { runScene } from './run-scene.js';
import { scenes } from './scenes.js';
import { say } from './terminal.js';

// The reader of a pipe, such as `head`, may close it early.
process.stdout.on('error', () => process.exit());

process.exitCode = await demo(readScene());

/** Runs each scene as a separate job, against an emulator of AWS on loopback that ends with the demo. */
async function demo(only: string | undefined): Promise<number> {
  const numbered = scenes.map((scene, index) => ({ scene, number: index + 1 }));
  const chosen = numbered.filter(({ number }) => only === undefined || String(number) === only);
  if (chosen.length === 0) {
    say(`usage: npm run demo, or npm run demo -- --scene N, with N from 1 to ${scenes.length}`);
    return 2;
  }
  const emulator = await startEmulator({ world: await exampleWorld() });
  try {
    say(
      'assume-role assumes a chain of AWS roles in one step of a workflow, and exports only the last session.',
      'This demo runs the built dist/ as a GitHub runner does, against an emulator of AWS. Nothing leaves this machine.',
      hasAwsCli() ? '' : 'The AWS CLI is not installed: the scenes run without the later step that uses it.',
    );
    const surprises: string[] = [];
    for (const { scene, number } of chosen) {
      const ended = await runScene(scene, { number, emulator, isWhole: only !== undefined });
      if (ended !== scene.ends) {
        surprises.push(`Scene ${number} ended with ${ended} instead of ${scene.ends}.`);
      }
    }
    say(
      '',
      `Scenes with the expected result: ${chosen.length - surprises.length} of ${chosen.length}.`,
      ...surprises,
      'Next: README.md has the first workflow, docs/setup.md the trust policies; npm run emulator emulates your own roles.',
    );
    return surprises.length === 0 ? 0 : 1;
  } finally {
    await emulator.close();
  }
}

function readScene(): string | undefined {
  try {
    return parseArgs({ options: { scene: { type: 'string' } } }).values.scene;
  } catch {
    return '';
  }
}
