import { BANK_LIMITS, QUESTION_LISTS } from "@whetstone/shared/bank-limits";
import { z } from "zod";
import type { PassedOver } from "./parsed.ts";
import type { NumberedPiece } from "./pieces.ts";
import type { RawQuestion, ReadImport } from "./raw.ts";

/**
 * Makes questions fit into the bank whose texts nobody wrote for it: a list's paragraphs, a table's columns. What is too long or too much for
 * its place goes to the answer notes, those are divided, and what they have no room for is quoted beside the import.
 */

const texts = z.array(z.string()).optional();
/** The fields that can be too long, as the readers of lists make them. */
const Listed = z.looseObject({
  prompt: z.string().optional(),
  hints: texts,
  followUps: z.array(z.object({ ask: z.string(), probes: z.string() })).optional(),
  redFlags: texts,
  tags: texts,
  strongAnswer: texts,
});
type Listed = z.infer<typeof Listed>;

const PIECE = BANK_LIMITS.paragraph;
/** How much of what there is no room for one sentence quotes. */
const QUOTED = 900;

export function fitted(raw: ReadImport): ReadImport {
  const passedOver: PassedOver[] = [...raw.passedOver];
  const questions = raw.questions.map((question) => {
    const { fits, rest, isPromptCut } = fittedQuestion(question);
    if (isPromptCut) passedOver.push({ at: question.place(["prompt"]), message: CUT });
    for (const quote of divided(rest, QUOTED)) {
      passedOver.push({
        at: question.place([]),
        message: `The answer notes of this question have no room for: “${quote}”`,
      });
    }
    return fits.pieces ? { ...fits, pieces: inTheirPlace(fits.pieces) } : fits;
  });
  return { ...raw, questions, passedOver };
}

/** What of a question's pieces has no room among its hints and follow-ups is a part of the answer. */
function inTheirPlace(pieces: readonly NumberedPiece[]): readonly NumberedPiece[] {
  const counts = { hint: 0, followUp: 0 };
  let isLeft = false;
  return pieces.map((piece) => {
    const { role, text } = piece;
    if (role === "hint" || role === "followUp") {
      isLeft = text.length > PIECE || counts[role] >= MOST_OF[role];
      counts[role] += 1;
    } else if (role !== "probes") isLeft = false;
    return isLeft ? { ...piece, role: "answer" } : piece;
  });
}

const MOST_OF = { hint: QUESTION_LISTS.hints.max, followUp: QUESTION_LISTS.followUps.max };

const CUT = `This prompt is longer than ${PIECE} characters, so its last paragraphs stand in the answer notes.`;

interface Fitted {
  readonly fits: RawQuestion;
  /** What there is no room for. */
  readonly rest: string;
  readonly isPromptCut: boolean;
}

function fittedQuestion(question: RawQuestion): Fitted {
  const parsed = Listed.safeParse(question.value);
  if (!parsed.success) return { fits: question, rest: "", isPromptCut: false };
  const { prompt, hints, followUps, redFlags, tags } = parsed.data;
  const over: string[] = [];
  const value: Listed = { ...parsed.data };
  const [beginning = "", ...further] = packed((prompt ?? "").split(/\n\s*\n/));
  // One paragraph that is too long was written so: it is refused, as nobody else can shorten it.
  const isPromptCut = prompt !== undefined && prompt.length > PIECE && beginning.length <= PIECE;
  if (isPromptCut) {
    value.prompt = beginning;
    over.push(...further);
  }
  const fit = <T>(
    list: readonly T[],
    max: number,
    name: string,
    textOf: (part: T) => string,
    andSo = (_: T) => "",
  ): T[] => {
    const fits = (part: T, index: number) => index < max && textOf(part).length <= PIECE;
    const others = list.filter((part, index) => !fits(part, index));
    over.push(...others.map((part) => `${name}: ${textOf(part)}${andSo(part)}`));
    return list.filter(fits);
  };
  if (hints) value.hints = fit(hints, QUESTION_LISTS.hints.max, "Hint", itself);
  if (redFlags) value.redFlags = fit(redFlags, QUESTION_LISTS.redFlags.max, "Red flag", itself);
  if (followUps) {
    const most = QUESTION_LISTS.followUps.max;
    value.followUps = fit(
      followUps,
      most,
      "Follow-up",
      ({ ask }) => ask,
      ({ probes }) => probes && ` (listen for: ${probes})`,
    );
  }
  if (tags) value.tags = fit(tags, QUESTION_LISTS.tags.max, "Tag", itself);
  const answer = [...(value.strongAnswer ?? []), ...over];
  if (isFitting(answer) && over.length === 0) return { fits: { ...question, value }, rest: "", isPromptCut };
  const { points, rest } = pointsOf(answer);
  return { fits: { ...question, value: { ...value, strongAnswer: points } }, rest, isPromptCut };
}

const itself = (text: string): string => text;
const MOST_POINTS = QUESTION_LISTS.strongAnswer.max;
const isFitting = (points: readonly string[]): boolean =>
  points.length <= MOST_POINTS && points.every((point) => point.length <= PIECE);

/** The texts as at most eight key points, the first of them as they are; and what does not fit into eight that are as long as they may be. */
export function pointsOf(answer: readonly string[]): { points: string[]; rest: string } {
  const pieces = answer.flatMap((text) => divided(text, PIECE));
  if (pieces.length <= MOST_POINTS) return { points: pieces, rest: "" };
  for (let alone = MOST_POINTS - 1; alone > 0; alone--) {
    const points = [...pieces.slice(0, alone), ...packed(pieces.slice(alone))];
    if (points.length <= MOST_POINTS) return { points, rest: "" };
  }
  // Cut wherever they are full, so that as much as possible stays.
  const full = divided(pieces.join("\n\n"), PIECE);
  return { points: full.slice(0, MOST_POINTS), rest: full.slice(MOST_POINTS).join("\n\n") };
}

/** The pieces in their order, as many together as fit. */
function packed(pieces: readonly string[]): string[] {
  const packs: string[] = [];
  for (const piece of pieces) {
    const last = packs.at(-1);
    if (last !== undefined && last.length + 2 + piece.length <= PIECE) packs[packs.length - 1] = `${last}\n\n${piece}`;
    else packs.push(piece);
  }
  return packs;
}

/** The text in parts of at most so many UTF-16 code units, each as long as the ends of paragraphs, lines, sentences or words let it. */
export function divided(text: string, most: number): string[] {
  const parts: string[] = [];
  let start = 0;
  while (text.length - start > most) {
    const end = start + cutOf(text.slice(start, start + most));
    parts.push(text.slice(start, end).trim());
    start = end;
  }
  parts.push(text.slice(start).trim());
  return parts.filter((part) => part !== "");
}

const BORDERS: readonly RegExp[] = [/\n\s*\n/g, /\n/g, /[.?!]\s|[。？！]/g, /\s/g];

/** Where to cut a text that goes on behind: at the last border of the best kind in its second half, and never inside a letter. */
function cutOf(text: string): number {
  for (const border of BORDERS) {
    const last = [...text.matchAll(border)].at(-1);
    const end = last ? last.index + last[0].length : 0;
    if (end > text.length / 2) return end;
  }
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length;
}
