/** A position in a text; lines and columns start at 1. */
export interface Position {
  readonly line: number;
  readonly column?: number;
}

/** Makes the function that converts offsets in a text to lines and columns. */
export function positionsIn(text: string): (offset: number) => Required<Position> {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
    starts.push(index + end.length);
  }
  return (offset) => {
    let line = 0;
    for (let beyond = starts.length; beyond - line > 1; ) {
      const middle = (line + beyond) >> 1;
      if ((starts[middle] ?? 0) <= offset) {
        line = middle;
      } else {
        beyond = middle;
      }
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}
