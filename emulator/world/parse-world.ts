import { findRole } from './find-principal.js';
import type { JsonText } from './json-text.js';
import type { WorldProblem } from './rules.js';
import type { WorldDocument } from './world.js';
import { worldRule } from './world-rule.js';

/** Checks a world. Throws one Error with the path of every problem, and its line when the text is given. */
export function parseWorld(value: unknown, text?: JsonText): WorldDocument {
  refuse(worldRule.check(value, []), text);
  return value as WorldDocument;
}

/** Checks a world file; the roles of its instance and container must be in its accounts. Throws as parseWorld does. */
export function parseWorldFile(text: JsonText): WorldDocument {
  const world = parseWorld(text.value, text);
  const problems = (['instance', 'container'] as const).flatMap((machine) => {
    const role = world[machine]?.role;
    return role === undefined || findRole(world, role) !== undefined
      ? []
      : [{ path: [machine, 'role'], text: `no account of this world has the role ${role}` }];
  });
  refuse(problems, text);
  return world;
}

function refuse(problems: readonly WorldProblem[], text: JsonText | undefined): void {
  if (problems.length > 0) {
    const lines = problems.map((problem) => `${placeOf(problem, text)}: ${problem.text}`);
    throw new Error(`The world is not valid:\n  ${lines.join('\n  ')}`);
  }
}

function placeOf({ path }: WorldProblem, text: JsonText | undefined): string {
  const name = path.reduce<string>(
    (place, part) => (typeof part === 'number' ? `${place}[${part}]` : `${place}.${part}`),
    'world',
  );
  return text === undefined ? name : `line ${text.lineOf(path)}, ${name}`;
}
