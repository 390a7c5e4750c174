import type { QuestionDraft } from "@whetstone/shared/authored";
import type { Kit, Pack, Question } from "@whetstone/shared/bank";
import type { LoosePiece, NumberedPiece } from "./pieces.ts";

/** What reading an import gives: values with the places that they came from. Nothing here is stored yet. */

/**
 * How much an import may hold: all its files together, in bytes of UTF-8, and all its questions. In Markdown every line can be a question or
 * a paragraph of its own, which takes a hundred times its bytes while it is read; so many lines that hold anything may there be.
 */
export const IMPORT_BYTES = 10 * 1024 * 1024;
export const IMPORT_QUESTIONS = 10_000;
export const IMPORT_LINES = 500_000;

/** A file as it was chosen: its name, with its folders where a whole folder was chosen, and its text. */
export interface ImportFile {
  readonly name: string;
  readonly text: string;
}

/** Where something begins; lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What is wrong at a place. `field` is its path or column, and empty where the whole record or file is meant. */
export interface Refused {
  readonly at: Place;
  readonly field: string;
  readonly message: string;
}

/** What was left out without harm, and why. */
export interface PassedOver {
  readonly at: Place;
  readonly message: string;
}

export interface ParsedQuestion {
  readonly id: string;
  /** Whether the import itself names the id; otherwise it was made from the title. */
  readonly idGiven: boolean;
  readonly draft: QuestionDraft;
  /** The fields that the import says something about. An import leaves the others of a question as they are. */
  readonly given: readonly (keyof QuestionDraft)[];
  /** The whole question, or `null` while the draft lacks something. */
  readonly question: Question | null;
  /** What the draft lacks before it can be published, in words. */
  readonly lacks: readonly string[];
  readonly at: Place;
  /** What of a text it was made of; absent where the file says itself what each part is. */
  readonly pieces?: readonly NumberedPiece[] | undefined;
}

export interface ParsedPack {
  readonly pack: Pack;
  readonly at: Place;
}

export interface ParsedKit {
  readonly kit: Kit;
  readonly at: Place;
  /** Where each of its questions stands. */
  readonly questionsAt: readonly Place[];
}

export type Topic = Pack["topics"][number];

export interface Parsed {
  readonly pack: ParsedPack | null;
  /** Whether the import brings a pack that is refused: then nobody knows where its questions belong. */
  readonly isPackRefused: boolean;
  /** The pack's topics; where the import brings no pack, those that its questions name, in their order. */
  readonly topics: readonly Topic[];
  readonly questions: readonly ParsedQuestion[];
  readonly kits: readonly ParsedKit[];
  readonly refused: readonly Refused[];
  readonly passedOver: readonly PassedOver[];
  /** Headings of texts, and what of them belongs to no question. */
  readonly loose: readonly LoosePiece[];
}
