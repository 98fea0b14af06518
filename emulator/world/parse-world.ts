import type { JsonText } from './json-text.js';
import type { WorldProblem } from './rules.js';
import type { WorldDocument } from './world.js';
import { worldRule } from './world-rules.js';

/** Reads a world; throws one Error that lists every problem with its place, and its line where the text is given. */
export function parseWorld(value: unknown, text?: JsonText): WorldDocument {
  const problems = [...worldRule.check(value, [])];
  if (problems.length > 0) {
    const lines = problems.map((problem) => `${placeOf(problem, text)}: ${problem.text}`);
    throw new Error(`The world is not usable:\n  ${lines.join('\n  ')}`);
  }
  return value as WorldDocument;
}

function placeOf({ path }: WorldProblem, text: JsonText | undefined): string {
  const name = path.reduce<string>(
    (place, part) => (typeof part === 'number' ? `${place}[${part}]` : `${place}.${part}`),
    'world',
  );
  return text === undefined ? name : `line ${text.lineOf(path)}, ${name}`;
}
