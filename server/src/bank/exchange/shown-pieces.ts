import type { QuestionDraft } from "@whetstone/shared/authored";
import type { ImportPlan, PieceRole } from "@whetstone/shared/bank-wire";
import type { Parsed, ParsedQuestion } from "./parsed.ts";
import { shortened } from "./phrases.ts";
import type { LoosePiece, NumberedPiece } from "./pieces.ts";

type Shown = ImportPlan["pieces"][number];

/** How much of a piece is shown, in UTF-16 code units. */
const SHOWN = 600;

/** What was read, in the order of the files: the pieces of each question, and those of texts that belong to none. */
export function shownPieces({ questions, loose }: Parsed): Shown[] {
  const pieces: Shown[] = [];
  const waiting = new Map<string, LoosePiece[]>();
  for (const piece of loose) {
    const all = waiting.get(piece.file);
    if (all) all.push(piece);
    else waiting.set(piece.file, [piece]);
  }
  const taken = new Map<string, number>();
  const takeLoose = (file: string, until: number) => {
    const all = waiting.get(file) ?? [];
    let at = taken.get(file) ?? 0;
    for (let piece = all[at]; piece && piece.number < until; piece = all[at]) {
      pieces.push(ofText(piece, file, null));
      at += 1;
    }
    taken.set(file, at);
  };
  for (const [entry, question] of questions.entries()) {
    const { file, line } = question.at;
    const [first] = question.pieces ?? [];
    if (first) takeLoose(file, first.number);
    const own = question.pieces?.map((piece) => ofText(piece, file, entry));
    pieces.push(...(own ?? ofDraft(question).map(([role, text]) => certain({ file, line, entry, role, text }))));
  }
  for (const file of waiting.keys()) takeLoose(file, Number.POSITIVE_INFINITY);
  return pieces;
}

const ofText = (
  { line, number, shape, role, isSure, text }: NumberedPiece,
  file: string,
  entry: number | null,
): Shown => ({
  ...{ file, line, piece: number, shape, role, isSure, entry },
  text: shortened(text, SHOWN),
});

/** A part of which the file says itself what it is. */
const certain = ({ text, ...about }: Pick<Shown, "file" | "line" | "entry" | "role" | "text">): Shown => ({
  ...about,
  ...{ piece: null, shape: "", isSure: true },
  text: shortened(text, SHOWN),
});

function ofDraft({ draft }: ParsedQuestion): (readonly [PieceRole, string])[] {
  const { prompt, hints, followUps, strongAnswer, redFlags, references, criteria }: QuestionDraft = draft;
  const all: (readonly [PieceRole, string])[] = [
    ["question", prompt],
    ...hints.map((text) => ["hint", text] as const),
    ...followUps.flatMap(({ ask, probes }) => [["followUp", ask] as const, ["probes", probes] as const]),
    ...strongAnswer.map((text) => ["answer", text] as const),
    ...redFlags.map((text) => ["redFlag", text] as const),
    ...criteria.map(({ name, anchors }) => ["answer", [name, ...anchors].join("\n")] as const),
    ...references.map((text) => ["reference", text] as const),
  ];
  return all.filter(([role, text]) => role === "question" || text !== "");
}
