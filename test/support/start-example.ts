import type { Emulator, EmulatorOptions } from '../../emulator/server/emulator.js';
import { startEmulator } from '../../emulator/server/start-emulator.js';
import { exampleWorld } from '../../emulator/world/load-world.js';
import type { WorldDocument } from '../../emulator/world/world.js';

/** Starts an emulator of the example world with changes. */
export async function startExample(
  change: (world: WorldDocument) => void = () => undefined,
  options: Partial<EmulatorOptions> = {},
): Promise<Emulator> {
  const world = await exampleWorld();
  change(world);
  return startEmulator({ ...options, world });
}
