interface Line {
  readonly text: string;
  readonly next: number;
  readonly ended: boolean;
}

/**
 * Yields the pairs of a command file in order: `NAME=VALUE`, or `NAME<<DELIMITER`, lines, `DELIMITER`. Throws at the
 * first other line, after yielding the pairs before it, as the runner does.
 */
export function* parseKeyValues(text: string): Generator<readonly [name: string, value: string]> {
  let line = lineAt(text, 0);
  while (line !== undefined) {
    let next = line.next;
    if (line.text !== '') {
      const pair = parsePair(text, line);
      next = pair.next;
      yield [pair.name, pair.value];
    }
    line = lineAt(text, next);
  }
}

function parsePair(text: string, line: Line): { name: string; value: string; next: number } {
  const equals = line.text.indexOf('=');
  const heredoc = line.text.indexOf('<<');
  if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
    return { name: line.text.slice(0, equals), value: line.text.slice(equals + 1), next: line.next };
  }
  if (heredoc < 0) {
    throw new Error(`Invalid format '${line.text}'`);
  }
  const name = line.text.slice(0, heredoc);
  const delimiter = line.text.slice(heredoc + 2);
  if (name === '' || delimiter === '') {
    throw new Error(`Invalid format '${line.text}'. Name must not be empty and delimiter must not be empty`);
  }
  return { name, ...readHeredoc(text, line.next, delimiter) };
}

function readHeredoc(text: string, start: number, delimiter: string): { value: string; next: number } {
  let end = start;
  let line = lineAt(text, start);
  while (line?.text !== delimiter) {
    if (line === undefined) {
      throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    }
    if (!line.ended) {
      throw new Error('Invalid value. EOF marker missing new line.');
    }
    end = line.next - 1;
    line = lineAt(text, line.next);
  }
  return { value: text.slice(start, end), next: line.next };
}

function lineAt(text: string, start: number): Line | undefined {
  if (start >= text.length) {
    return undefined;
  }
  const end = text.indexOf('\n', start);
  return end < 0
    ? { text: text.slice(start), next: text.length, ended: false }
    : { text: text.slice(start, end), next: end + 1, ended: true };
}
