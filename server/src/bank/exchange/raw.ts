import type { PassedOver, Place, Refused } from "./parsed.ts";
import type { LoosePiece, NumberedPiece } from "./pieces.ts";

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

export interface RawImport {
  readonly packs: readonly RawValue[];
  readonly questions: readonly RawQuestion[];
  readonly kits: readonly RawValue[];
  readonly refused: readonly Refused[];
  readonly passedOver: readonly PassedOver[];
  /** Headings of texts, and what of them belongs to no question. */
  readonly loose: readonly LoosePiece[];
}

const NOTHING: RawImport = { packs: [], questions: [], kits: [], refused: [], passedOver: [], loose: [] };

/** A part of an import with only what differs from nothing. */
export const rawImport = (parts: Partial<RawImport>): RawImport => ({ ...NOTHING, ...parts });

/** An import in which one thing is wrong. */
export const refusal = (at: Place, field: string, message: string): RawImport =>
  rawImport({ refused: [{ at, field, message }] });

/** Several parts as one, in their order. */
export const joined = (parts: readonly RawImport[]): RawImport => ({
  packs: parts.flatMap(({ packs }) => packs),
  questions: parts.flatMap(({ questions }) => questions),
  kits: parts.flatMap(({ kits }) => kits),
  refused: parts.flatMap(({ refused }) => refused),
  passedOver: parts.flatMap(({ passedOver }) => passedOver),
  loose: parts.flatMap(({ loose }) => loose),
});

/** A field's path as the bank's faults write it, such as `criteria.0.anchors`. */
export const dotted = (path: readonly PropertyKey[]): string => path.map(String).join(".");
