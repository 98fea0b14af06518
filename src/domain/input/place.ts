import type { Position } from './position.js';
import type { Report } from './problem.js';

/** The position of a value and of its parts. */
export interface Written {
  readonly position?: Position | undefined;
  /** Its name in the text, if it differs from the parser's. */
  readonly name?: string;
  readonly entries?: ReadonlyMap<string, Written>;
}

/** The location of a value, and how to report a problem with it. */
export interface Place {
  /** The location in messages: `role-chain, line 3, column 5, hop 2`. */
  readonly where: string;
  readonly report: (what: string, fix: string) => void;
  /** A part of it, at the given or known position, else at the position of the whole. */
  readonly at: (part: string, written?: Written) => Place;
  /** The same value at another position. */
  readonly on: (position: Position | undefined) => Place;
}

/** A text and where it is written. */
export interface PlacedText {
  readonly text: string;
  readonly place: Place;
}

/** The place of a whole input, variable or file, by its name. */
export type Places = (source: string) => Place;

/** The places whose problems a report collects. */
export function placesOf(report: Report): Places {
  return (source) => makePlace({ source, path: [], written: {} }, report);
}

/** A place that discards problems, for a value that is read again later. */
export const nowhere: Place = placesOf(() => undefined)('');

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
