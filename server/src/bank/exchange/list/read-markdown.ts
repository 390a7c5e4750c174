import type { ImportCorrection } from "@whetstone/shared/bank-wire";
import type { ImportFile } from "../parsed.ts";
import { corrected } from "../pieces.ts";
import { type ReadImport, rawImport } from "../raw.ts";
import { Gathering } from "./gathering.ts";
import { Labels } from "./labels.ts";
import { outlineOf } from "./outline.ts";
import { questionsOfPieces } from "./questions-of-pieces.ts";

/**
 * Reads a list of questions as teams have them. Headings become topics, those nested in them tags; items, and paragraphs and headings that ask, become
 * drafts that still lack a rubric. What is not certainly the question is for the panel: it goes to the answer, so that none is shown to a candidate.
 * What belongs to no question is passed over, and quoted.
 */
export function readMarkdown({ name, text }: ImportFile, corrections: readonly ImportCorrection[]): ReadImport {
  const { blocks, refused } = outlineOf(name, text);
  const pieces = corrected(new Gathering(blocks, new Labels(text)).pieces(), name, corrections);
  const { questions, passedOver, loose } = questionsOfPieces(pieces, name);
  return rawImport({ questions, refused, passedOver, loose });
}
