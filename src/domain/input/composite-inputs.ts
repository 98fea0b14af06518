import { nowhere } from './place.js';
import type { MapNode, ValueNode } from './value-node.js';
import { parseYaml } from './yaml.js';

/**
 * The `INPUT_` variables of those inputs that a composite action declares in its action.yml and passes to no step.
 * Runners like act set these variables for each of its steps, where they would count as inputs of this action.
 */
export function ownInputVariables(actionFile: string): readonly string[] {
  const action = parseYaml(actionFile, nowhere);
  const runs = mapIn(action, 'runs');
  const steps = runs?.entries.get('steps');
  if (steps?.kind !== 'list') {
    return [];
  }
  const passed = new Set(steps.items.flatMap((step) => namesOf(mapIn(step, 'with'))));
  return namesOf(mapIn(action, 'inputs')).filter((name) => !passed.has(name));
}

function mapIn(node: ValueNode | undefined, name: string): MapNode | undefined {
  const value = node?.kind === 'map' ? node.entries.get(name) : undefined;
  return value?.kind === 'map' ? value : undefined;
}

function namesOf(map: MapNode | undefined): readonly string[] {
  return [...(map?.entries.keys() ?? [])].map((name) => `INPUT_${name.toUpperCase().replace(/[^A-Z0-9-]/g, '_')}`);
}
