/**
 * A large value of JSON as small texts, each of which is quick to write and to read, so that the event loop can turn between two.
 * A piece is entries of one object or list, in order, and the way there from the top. What is too large for it stands there empty, and is
 * filled by pieces that come later.
 */

/** About how many characters a piece has; it has more where one string alone does. */
const PIECE = 16 * 1024;

type Key = string | number;
type Entry = readonly [key: Key, value: unknown];
type Container = Record<Key, unknown>;

interface Piece {
  readonly way: readonly Key[];
  readonly entries: readonly Entry[];
}

const isContainer = (value: unknown): value is Container => typeof value === "object" && value !== null;

/** The pieces of a value of JSON. */
export const piecesOf = (value: unknown): Generator<string, void, undefined> => piecesIn([], { value });

function* piecesIn(way: readonly Key[], container: Container): Generator<string, void, undefined> {
  const large: [key: Key, value: Container][] = [];
  let entries: Entry[] = [];
  let left = PIECE;
  for (const [key, value] of entriesOf(container)) {
    const after = budgetAfter(value, PIECE);
    if (after < 0 && isContainer(value)) {
      large.push([key, value]);
      entries.push([key, Array.isArray(value) ? [] : {}]);
      left -= 8;
    } else {
      entries.push([key, value]);
      left -= PIECE - after;
    }
    if (left > 0) continue;
    yield JSON.stringify({ way, entries } satisfies Piece);
    entries = [];
    left = PIECE;
  }
  yield JSON.stringify({ way, entries } satisfies Piece);
  for (const [key, value] of large) yield* piecesIn([...way, key], value);
}

function* entriesOf(container: Container): Generator<Entry, void, undefined> {
  if (Array.isArray(container)) yield* container.entries();
  else for (const key of Object.keys(container)) yield [key, container[key]];
}

/** About how much of `budget`, in characters, is left when the value is written; below zero where it takes more, and then looks no further. */
function budgetAfter(value: unknown, budget: number): number {
  if (typeof value === "string") return budget - value.length - 2;
  if (!isContainer(value)) return budget - 8;
  let left = budget - 2;
  for (const [key, inner] of entriesOf(value)) {
    if (left < 0) break;
    left = budgetAfter(inner, left - String(key).length - 4);
  }
  return left;
}

/** Puts pieces together again, given in the order in which they were made. */
export class Assembly {
  readonly #top: Container = {};

  /** Throws on what is no piece, or has no place. */
  add(text: string): void {
    const { way, entries } = JSON.parse(text) as Piece;
    let place: unknown = this.#top;
    for (const key of way) place = isContainer(place) ? place[key] : undefined;
    if (!isContainer(place)) throw new Error("This piece has no place.");
    for (const [key, value] of entries) place[key] = value;
  }

  get value(): unknown {
    return this.#top.value;
  }
}
