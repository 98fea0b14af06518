/** Minimum length of a fragment; shorter fragments would match ordinary words. */
const leastFragment = 8;

/** Minimum length of a secret whose fragments are found; shorter secrets are found only whole. */
const leastLong = 16;

/** The length of the pieces of a secret that are indexed. */
const pieceLength = 4;

/** The distance between the starts of two pieces, so that every fragment of minimum length contains a whole piece. */
const pieceDistance = leastFragment - pieceLength + 1;

/** Matches a fragment that may be an ordinary word or number, and is not removed. */
const wordLike = /^[a-z_.:/-]+$|^\d+$/;

/** Finds secrets, and fragments of long ones, in a text. Time and memory are linear in the length of the secrets. */
export interface SecretFragments {
  readonly add: (secret: string) => void;
  /** The ranges found, as `[start, end)`, in order. */
  readonly find: (text: string) => readonly (readonly [number, number])[];
}

interface Piece {
  readonly secret: string;
  readonly offset: number;
}

/** Creates an index that knows no secrets yet. */
export function createFragments(): SecretFragments {
  const [secrets, offsets, earlier]: [string[], number[], number[]] = [[], [], []];
  /** The index of the last added piece with a key; `earlier` has the index of the one added before it, or -1. */
  const newest = new Map<number, number>();
  /** The secrets that are found only whole, by length. */
  const short = new Map<number, Set<string>>();
  return {
    add(secret) {
      if (secret.length < leastLong) {
        if (secret.length >= pieceLength) {
          short.set(secret.length, (short.get(secret.length) ?? new Set()).add(secret));
        }
        return;
      }
      for (let offset = 0; offset <= secret.length - pieceLength; offset += pieceDistance) {
        const key = keyAt(secret, offset);
        earlier.push(newest.get(key) ?? -1);
        newest.set(key, secrets.push(secret) - 1);
        offsets.push(offset);
      }
    },
    find(text) {
      const piecesAt = (at: number): readonly Piece[] => {
        const pieces: Piece[] = [];
        for (let index = newest.get(keyAt(text, at)) ?? -1; index >= 0; index = earlier[index] ?? -1) {
          pieces.push({ secret: secrets[index] ?? '', offset: offsets[index] ?? 0 });
        }
        return pieces;
      };
      return newest.size + short.size === 0 ? [] : findIn(text, short, piecesAt);
    },
  };
}

/** Finds the short secrets, and the fragments that contain a piece; a longer range at an offset comes last. */
function findIn(
  text: string,
  short: ReadonlyMap<number, ReadonlySet<string>>,
  piecesAt: (offset: number) => readonly Piece[],
): readonly (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  for (let at = 0; at <= text.length - pieceLength; at += 1) {
    const length = lengthOfShort(short, text, at);
    let end = at + length;
    if (length > 0) {
      ranges.push([at, end]);
    }
    for (const piece of piecesAt(at)) {
      const range = extended(text, at, piece);
      if (range !== undefined && range[1] > end) {
        ranges.push(range);
        end = range[1];
      }
    }
    at = Math.max(at, end - pieceLength);
  }
  return ranges;
}

/** Extends the match of a piece in both directions; undefined if it stays too short, or may be an ordinary word. */
function extended(text: string, at: number, { secret, offset }: Piece): readonly [number, number] | undefined {
  let before = 0;
  while (before < Math.min(at, offset) && text[at - before - 1] === secret[offset - before - 1]) {
    before += 1;
  }
  let length = 0;
  const most = Math.min(text.length - at, secret.length - offset);
  while (length < most && text[at + length] === secret[offset + length]) {
    length += 1;
  }
  const [start, end] = [at - before, at + length];
  const isWhole = end - start === secret.length;
  const isFragment = end - start >= leastFragment && !wordLike.test(text.slice(start, end));
  return isWhole || isFragment ? [start, end] : undefined;
}

/** The length of the longest short secret at an offset; 0 if there is none. */
function lengthOfShort(short: ReadonlyMap<number, ReadonlySet<string>>, text: string, at: number): number {
  let longest = 0;
  for (const [length, secrets] of short) {
    if (length > longest && secrets.has(text.slice(at, at + length))) {
      longest = length;
    }
  }
  return longest;
}

function keyAt(text: string, offset: number): number {
  let key = 0;
  for (let index = offset; index < offset + pieceLength; index += 1) {
    key = ((key << 7) ^ text.charCodeAt(index)) & 0x3fffffff;
  }
  return key;
}
