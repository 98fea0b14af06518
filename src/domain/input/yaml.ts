import { composeYaml, YamlMistake, type YamlPath } from './compose-yaml.js';
import type { Place } from './place.js';
import { positionsIn } from './position.js';
import { emptyItemFix } from './problem.js';
import type { ValueNode } from './value-node.js';
import type { Event } from './yaml-events.js';
import { pathToLine, syntaxMistake } from './yaml-mistake.js';

let library: typeof import('./yaml-events.js') | undefined;

/** Loads the YAML parser, once. Most steps have no YAML, and start faster without the parser. */
export async function loadYaml(): Promise<void> {
  library ??= await import('./yaml-events.js');
}

/** Whether a text is YAML rather than a plain list: it has a list item, a bracket, or a name with a colon. */
export function isYaml(text: string): boolean {
  const lines = text.split('\n').map((line) => line.replace(/(^|\s)#.*/, ''));
  return lines.some((line) => /^\s*(-(\s|$)|[[{]|---)|:(\s|$)/.test(line));
}

/**
 * Parses one YAML document without anchors, aliases or tags; reports a problem and returns undefined for anything else.
 * `nameItems` converts a path of keys and list indexes to the item names of a message.
 */
export function parseYaml(
  text: string,
  place: Place,
  nameItems: (path: YamlPath) => readonly string[] = (path) => path.map(String),
): ValueNode | undefined {
  if (library === undefined) {
    throw new Error('The YAML parser was not loaded before it was needed.');
  }
  const itemAt = (path: YamlPath) => nameItems(path).reduce((item, name) => item.at(name), place);
  let events: readonly Event[];
  try {
    events = library.parseEvents(text, {});
  } catch (error) {
    const { line, column, what, fix } = syntaxMistake(error, text);
    const item = itemAt(pathToLine(text, line)).on({ line, column });
    if (isFolded(text)) {
      item.report('the text is not valid YAML: several lines were folded into one', foldedFix(place.where));
    } else {
      item.report(`the text is not valid YAML: ${what}`, fix);
    }
    return undefined;
  }
  try {
    return composeYaml(text, events, library);
  } catch (error) {
    if (!(error instanceof YamlMistake)) {
      throw error;
    }
    const { message, fix, at } = error;
    itemAt(at.path).on(at.position).report(message, fix);
    return undefined;
  }
}

/** Matches quoted texts and comments, in which brackets and commas have no meaning. */
const noSyntax = /"(?:[^"\\]|\\.)*(?:"|$)|'[^'\n]*'|(?:^|\s)#.*/gm;

/**
 * Reports a comma before a closing bracket. YAML ignores it, but a list in an input that lost its last item to an unset
 * variable must not be read as a shorter list.
 */
export function reportLastComma(text: string, place: Place): void {
  const syntax = text.replace(noSyntax, (found) => (/^["']/.test(found) ? '"' : ' ').repeat(found.length));
  const offset = syntax.search(/,\s*\]/);
  if (offset >= 0) {
    place
      .on(positionsIn(text)(offset))
      .report('the list ends with a comma', `Remove it, or write the item that is missing. ${emptyItemFix}`);
  }
}

/** Whether a text on one line looks like several lines that YAML's `>` folded: a second list item or name follows. */
function isFolded(text: string): boolean {
  return /^(-\s+\S.*\s-\s|[\w.-]+:\s.*\s[\w.-]+:(\s|$))/.test(text.trim()) && !/\n/.test(text.trim());
}

/** The fix for an input whose lines were folded. */
function foldedFix(input: string): string {
  return `Write ${input}: | instead of ${input}: >, which folds the lines into one`;
}
