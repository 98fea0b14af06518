import type { Position } from './position.js';
import { positionsIn } from './position.js';
import { quote } from './quote.js';
import type { ListNode, MapNode, ScalarNode, ValueNode } from './value-node.js';
import type { Event, MappingEvent, ScalarEvent, SequenceEvent } from './yaml-events.js';

/** The parts of the YAML parser that composeYaml uses. They are passed in, because the parser is loaded on demand. */
export type EventLibrary = Pick<typeof import('./yaml-events.js'), 'EVENT_ID' | 'SCALAR_STYLE' | 'getScalarValue'>;

/** The path to an item: keys and list indexes (from 0). */
export type YamlPath = readonly (string | number)[];

/** The error of a YAML text that is not supported here, with its position and fix. */
export class YamlMistake extends Error {
  readonly fix: string;
  readonly at: { readonly position?: Position | undefined; readonly path: YamlPath };

  constructor(message: string, fix: string, at: YamlMistake['at']) {
    super(message);
    this.fix = fix;
    this.at = at;
  }
}

interface Reader {
  readonly text: string;
  readonly events: readonly Event[];
  readonly library: EventLibrary;
  readonly positionOf: (offset: number) => Position;
  /** The index of the next event. */
  next: number;
  /** The offset after the last event read. */
  end: number;
}

type NodeEvent = ScalarEvent | SequenceEvent | MappingEvent;

/** Builds the tree of values from the events of one YAML document; throws YamlMistake for what is not supported. */
export function composeYaml(text: string, events: readonly Event[], library: EventLibrary): ValueNode {
  const documents = events.filter(({ type }) => type === library.EVENT_ID.DOCUMENT).length;
  if (documents !== 1) {
    const what = documents === 0 ? 'the text is empty' : `the text contains ${documents} YAML documents instead of one`;
    throw new YamlMistake(what, 'Write one list or map, without lines of ---', { path: [] });
  }
  return readNode({ text, events, library, positionOf: positionsIn(text), next: 1, end: 0 }, []);
}

function readNode(reader: Reader, path: YamlPath): ValueNode {
  const event = takeNode(reader, path);
  const { EVENT_ID } = reader.library;
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return readScalar(reader, event as ScalarEvent, path);
    case EVENT_ID.SEQUENCE:
      return readList(reader, event as SequenceEvent, path);
    default:
      return readMap(reader, event as MappingEvent, path);
  }
}

/** Reads the next event, which starts a value; throws YamlMistake for anchors, aliases and tags. */
function takeNode(reader: Reader, path: YamlPath): NodeEvent {
  const event = reader.events[reader.next] as NodeEvent;
  reader.next += 1;
  const { anchorStart, tagStart = -1 } = event;
  if (anchorStart >= 0) {
    throw unsupported('anchors and aliases', '*', { position: reader.positionOf(anchorStart - 1), path });
  }
  if (tagStart >= 0) {
    throw unsupported('tags', '!', { position: reader.positionOf(tagStart), path });
  }
  return event;
}

function unsupported(feature: string, character: string, at: YamlMistake['at']): YamlMistake {
  const fix = `Write every value in full; a value that begins with ${character} needs quotes around it`;
  return new YamlMistake(`YAML ${feature} are not supported here`, fix, at);
}

function readScalar(reader: Reader, event: ScalarEvent, path: YamlPath): ScalarNode {
  const { SCALAR_STYLE, getScalarValue } = reader.library;
  const { valueStart, valueEnd, style, indent } = event;
  const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
  const start = valueStart < 0 ? emptyDash(reader, path) : valueStart - (isQuoted ? 1 : 0);
  reader.end = Math.max(reader.end, valueEnd, (start ?? 0) + 1);
  return {
    kind: 'scalar',
    text: getScalarValue(reader.text, event),
    isBare: style === SCALAR_STYLE.PLAIN,
    ...(style === SCALAR_STYLE.PLAIN && reader.text[valueStart - 1] === ',' && { touchesComma: true }),
    position: start === undefined ? undefined : reader.positionOf(start),
    ...(style === SCALAR_STYLE.LITERAL_BLOCK && { indent }),
  };
}

/** The offset of the dash of an empty list item; undefined if the empty value is not in a list. */
function emptyDash({ text, end }: Reader, path: YamlPath): number | undefined {
  if (typeof path.at(-1) !== 'number') {
    return undefined;
  }
  const dash = /-[ \t]*(?:#.*)?(?=\r?\n|$)/g;
  dash.lastIndex = end;
  return dash.exec(text)?.index;
}

function readList(reader: Reader, { start }: SequenceEvent, path: YamlPath): ListNode {
  const items: ValueNode[] = [];
  reader.end = start;
  while (!closes(reader)) {
    items.push(readNode(reader, [...path, items.length]));
  }
  return { kind: 'list', items, position: reader.positionOf(start) };
}

function readMap(reader: Reader, { start }: MappingEvent, path: YamlPath): MapNode {
  const entries = new Map<string, ValueNode>();
  const keys = new Map<string, Position>();
  while (!closes(reader)) {
    const key = readNode(reader, path);
    const position = key.position ?? reader.positionOf(reader.end);
    if (key.kind !== 'scalar') {
      throw new YamlMistake('a list or map is where a name is expected', 'Write one name before the colon', {
        position,
        path,
      });
    }
    const before = keys.get(key.text);
    if (before !== undefined) {
      const what = `${quote(key.text)} is written twice, first on line ${before.line}`;
      const fix = 'Keep one of them, or begin each entry with a dash if they are entries of a list';
      throw new YamlMistake(what, fix, { position, path });
    }
    keys.set(key.text, position);
    const value = readNode(reader, [...path, key.text]);
    entries.set(key.text, value.position === undefined ? { ...value, position } : value);
  }
  return { kind: 'map', entries, keys, position: reader.positionOf(start) };
}

/** Whether the next event ends the current list or map; consumes that event. */
function closes(reader: Reader): boolean {
  const isEnd = reader.events[reader.next]?.type === reader.library.EVENT_ID.POP;
  reader.next += isEnd ? 1 : 0;
  return isEnd;
}
