import { lowerAscii, trim, trimStart } from './dotnet-text.js';

/** A workflow command: name and property names in lower case, property values and data unescaped. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

type Escapes = readonly (readonly [escaped: string, plain: string])[];

interface Grammar {
  readonly separator: string;
  readonly trimsProperties: boolean;
  readonly propertyEscapes: Escapes;
  readonly dataEscapes: Escapes;
}

// The percent sign is unescaped last, else `%250A` would become a line feed.
const percent: Escapes = [['%25', '%']];
const lineEnds: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
];
const bracketEscapes: Escapes = [['%3B', ';'], ...lineEnds, ['%5D', ']'], ...percent];

const colonGrammar: Grammar = {
  separator: ',',
  trimsProperties: true,
  propertyEscapes: [...lineEnds, ['%3A', ':'], ['%2C', ','], ...percent],
  dataEscapes: [...lineEnds, ...percent],
};
const bracketGrammar: Grammar = {
  separator: ';',
  trimsProperties: false,
  propertyEscapes: bracketEscapes,
  dataEscapes: bracketEscapes,
};

/**
 * Parses a line as a command in the runner's two notations: `::name key=value::data` (only whitespace before it) and
 * the older `##[name key=value]data` (anywhere in the line). A line with an unregistered name is ordinary output.
 */
export function parseWorkflowCommand(line: string, registered: ReadonlySet<string>): WorkflowCommand | undefined {
  return parseColons(line, registered) ?? parseBrackets(line, registered);
}

function parseColons(line: string, registered: ReadonlySet<string>): WorkflowCommand | undefined {
  const text = trimStart(line);
  const end = text.indexOf('::', 2);
  if (!text.startsWith('::') || end < 0) {
    return undefined;
  }
  return command({ header: text.slice(2, end), data: text.slice(end + 2) }, colonGrammar, registered);
}

function parseBrackets(line: string, registered: ReadonlySet<string>): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start < 0 || end < 0) {
    return undefined;
  }
  return command({ header: line.slice(start + 3, end), data: line.slice(end + 1) }, bracketGrammar, registered);
}

function command(
  parts: { readonly header: string; readonly data: string },
  grammar: Grammar,
  registered: ReadonlySet<string>,
): WorkflowCommand | undefined {
  const blank = parts.header.indexOf(' ');
  const name = lowerAscii(blank < 0 ? parts.header : parts.header.slice(0, blank));
  if (!registered.has(name)) {
    return undefined;
  }
  const properties = blank < 0 ? {} : parseProperties(parts.header.slice(blank + 1), grammar);
  return { name, properties, data: unescaped(parts.data, grammar.dataEscapes) };
}

// A property without a name or a value is ignored, and equals signs before either are dropped, as by .NET's Split.
function parseProperties(text: string, grammar: Grammar): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const part of (grammar.trimsProperties ? trim(text) : text).split(grammar.separator)) {
    const [, name, value] = /^=*([^=]+)=+([^=].*)$/s.exec(part) ?? [];
    if (name === undefined || value === undefined) {
      continue;
    }
    properties[lowerAscii(name)] = unescaped(value, grammar.propertyEscapes);
  }
  return properties;
}

function unescaped(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [escaped, plain]) => result.replaceAll(escaped, plain), text);
}
