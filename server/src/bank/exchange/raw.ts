import type { PassedOver, Place, Refused } from "./parsed.ts";
import type { LoosePiece, NumberedPiece, Piece } from "./pieces.ts";

/** What the readers of the formats hand on: values as they stand in the files, not yet checked against any schema. */

/** A value and the way back from a field in it to the file. */
export interface RawValue {
  readonly value: unknown;
  /** Where a field stands, or the nearest thing around it. The empty path is the value itself. */
  readonly place: (path: readonly PropertyKey[]) => Place;
  /** What the file calls a field. */
  readonly field: (path: readonly PropertyKey[]) => string;
}

export interface RawQuestion extends RawValue {
  /** What the file calls the topic, where it has words and not only an id. */
  readonly topicName: string | null;
  /** Of a text, the pieces that it was made of, with their numbers in the file; absent where the file says itself what each part is. */
  readonly pieces?: readonly NumberedPiece[];
}

/** A text of a row, and what it is taken for. All of one column and one kind have one shape. */
export interface CellPiece extends Pick<Piece, "role" | "isSure" | "shape" | "text"> {
  /** The text where nothing has to be said of its column. */
  readonly bare: string;
}

/** A row of another's table, which holds one question. */
export interface RawRow {
  readonly at: Place;
  /** The question first. */
  readonly cells: readonly CellPiece[];
  readonly about: {
    readonly title: string | undefined;
    readonly level: string | undefined;
    readonly minutes: number | undefined;
    readonly tags: readonly string[];
    /** The topic where no cell names one. */
    readonly topic: string | null;
  };
}

/** A row in which no question was found, and why it is refused. Where a whole table is, all its rows have the same refusal. */
export interface UnaskedRow extends RawRow {
  readonly refused: Refused;
}

export interface RawImport {
  readonly packs: readonly RawValue[];
  /** In their order; a row of another's table is one for as long as it can be put right. */
  readonly questions: readonly (RawQuestion | RawRow)[];
  /** Rows in which no question was found. */
  readonly unasked: readonly UnaskedRow[];
  readonly kits: readonly RawValue[];
  readonly refused: readonly Refused[];
  readonly passedOver: readonly PassedOver[];
  /** Headings of texts, and what of them belongs to no question. */
  readonly loose: readonly LoosePiece[];
}

const NOTHING: ReadImport = {
  ...{ packs: [], questions: [], unasked: [], kits: [] },
  ...{ refused: [], passedOver: [], loose: [] },
};

/** What was read, of which no question is a row any more. */
export interface ReadImport extends RawImport {
  readonly questions: readonly RawQuestion[];
}

/** A part of an import with only what differs from nothing. */
export function rawImport(parts: Partial<ReadImport>): ReadImport;
export function rawImport(parts: Partial<RawImport>): RawImport;
export function rawImport(parts: Partial<RawImport>): RawImport {
  return { ...NOTHING, ...parts };
}

/** An import in which one thing is wrong. */
export const refusal = (at: Place, field: string, message: string): ReadImport =>
  rawImport({ refused: [{ at, field, message }] });

/** Several parts as one, in their order. */
export const joined = (parts: readonly RawImport[]): RawImport => ({
  packs: parts.flatMap(({ packs }) => packs),
  questions: parts.flatMap(({ questions }) => questions),
  unasked: parts.flatMap(({ unasked }) => unasked),
  kits: parts.flatMap(({ kits }) => kits),
  refused: parts.flatMap(({ refused }) => refused),
  passedOver: parts.flatMap(({ passedOver }) => passedOver),
  loose: parts.flatMap(({ loose }) => loose),
});

/** A field's path as the bank's faults write it, such as `criteria.0.anchors`. */
export const dotted = (path: readonly PropertyKey[]): string => path.map(String).join(".");
