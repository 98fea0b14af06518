import type { Report } from './problem.js';

/** A point of a text; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column?: number;
}

/** Where something is written, and where its parts are. */
export interface Written {
  readonly position?: Position | undefined;
  /** What the text itself calls it, where the reader has another name for it. */
  readonly name?: string;
  readonly entries?: ReadonlyMap<string, Written>;
}

/** Where something is written, and how to report a problem with it. */
export interface Place {
  /** As messages say it: `role-chain, line 3, column 5, hop 2`. */
  readonly where: string;
  readonly report: (what: string, fix: string) => void;
  /** A part of it, at the position that is given or known, else at that of the whole. */
  readonly at: (part: string, written?: Written) => Place;
  /** The same thing, at another position. */
  readonly on: (position: Position | undefined) => Place;
}

/** The place of a whole input, variable or file. */
export function placeOf(source: string, report: Report): Place {
  return makePlace({ source, path: [], written: {} }, report);
}

/** A place whose problems nobody hears, for a reader that is asked again later. */
export const nowhere: Place = placeOf('', () => undefined);

interface Address {
  readonly source: string;
  readonly path: readonly string[];
  readonly written: Written;
}

function makePlace(address: Address, report: Report): Place {
  const { source, path, written } = address;
  const where = addressText(address);
  return {
    where,
    report: (what, fix) => report({ where, what, fix }),
    at: (part, given) => {
      const found = given ?? written.entries?.get(part);
      const position = found?.position ?? written.position;
      return makePlace({ source, path: [...path, found?.name ?? part], written: { ...found, position } }, report);
    },
    on: (position) => makePlace({ ...address, written: position ? { ...written, position } : written }, report),
  };
}

function addressText({ source, path, written: { position } }: Address): string {
  const line = position === undefined ? [] : [`line ${position.line}`];
  const column = position?.column === undefined ? [] : [`column ${position.column}`];
  return [source, ...line, ...column, ...path].join(', ');
}
