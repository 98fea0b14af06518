import type { Position } from './position.js';
import type { Report } from './problem.js';

/** Where a value and its parts are written in a text. */
export interface Written {
  readonly position?: Position | undefined;
  /** The name of the value in the text, if the parser knows it by another name. */
  readonly name?: string;
  readonly entries?: ReadonlyMap<string, Written>;
}

/** The location of a value, and how to report a problem with it. */
export interface Place {
  /** The location in messages: `role-chain, line 3, column 5, hop 2`. */
  readonly where: string;
  readonly report: (what: string, fix: string) => void;
  /** The place of a part of the value: at the given position, else at that of the part if known, else of the value. */
  readonly at: (part: string, written?: Written) => Place;
  /** The same value at another position. */
  readonly on: (position: Position | undefined) => Place;
}

/** A text and where it is written. */
export interface PlacedText {
  readonly text: string;
  readonly place: Place;
}

/** Returns the place of a whole input, variable or file, by its name. */
export type Places = (source: string) => Place;

/** Makes places that send their problems to `report`. */
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
      const known = given ?? written.entries?.get(part);
      const position = known?.position ?? written.position;
      return makePlace({ source, path: [...path, known?.name ?? part], written: { ...known, position } }, report);
    },
    on: (position) => makePlace({ ...address, written: position ? { ...written, position } : written }, report),
  };
}

function addressText({ source, path, written: { position } }: Address): string {
  const line = position === undefined ? [] : [`line ${position.line}`];
  const column = position?.column === undefined ? [] : [`column ${position.column}`];
  return [source, ...line, ...column, ...path].join(', ');
}
