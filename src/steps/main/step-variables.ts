import { join } from 'node:path';
import { readLinked } from '../../disk/files/linked-file.js';
import { ownInputVariables } from '../../domain/input/composite-inputs.js';
import type { Environment } from '../../domain/input/environment.js';
import { loadYaml } from '../../domain/input/yaml.js';
import { isLikeAct } from '../../github/runner-kind.js';

/** Maximum bytes of a composite action's action.yml that is read. */
const mostBytes = 1_000_000;

/**
 * Returns the environment without the inputs of a composite action that runs this step: runners based on act pass the
 * inputs of a composite action to all its steps. https://github.com/nektos/act/issues/2874
 */
export async function stepVariables(environment: Environment): Promise<Environment> {
  const { GITHUB_ACTION_PATH: folder } = environment;
  if (!folder || !isLikeAct(environment)) {
    return environment;
  }
  const file = (await readAction(join(folder, 'action.yml'))) ?? (await readAction(join(folder, 'action.yaml')));
  if (file === undefined) {
    return environment;
  }
  await loadYaml();
  const foreign = new Set(ownInputVariables(file));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !foreign.has(name)));
}

/** Reads a composite action's file. Undefined if it cannot: then every variable counts as an input of this step. */
function readAction(path: string): Promise<string | undefined> {
  return readLinked(path, mostBytes).catch(() => undefined);
}
