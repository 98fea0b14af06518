import { nowhere } from './place.js';
import type { MapNode, ValueNode } from './value-node.js';
import { parseYaml } from './yaml.js';

/**
 * The variables of the inputs that a composite action declares and passes to no step, from its action.yml. Runners like
 * act pass these variables to each of its steps, where they would count as inputs of this action.
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
