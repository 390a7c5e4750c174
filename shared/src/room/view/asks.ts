import { z } from "zod";
import { AskedQuestion } from "../../bank.ts";
import { CandidateWorkspace, candidateWorkspace } from "../../workspace/workspace.ts";
import { RevealKind } from "../asks/commands.ts";
import type { Ask } from "../asks/state.ts";
import { spentOn } from "../course/timer.ts";
import { RoundId } from "../id.ts";
import { cached } from "./cache.ts";
import { ShownRun, shownRun } from "./runs.ts";

/** One ask, as whoever is asked sees it, and as all others do. */

/** What was put to the candidate of one ask: the prompt, and hints and follow-ups once revealed. */
export const CandidateAsk = z.strictObject({
  askId: z.string(),
  number: z.int(),
  prompt: z.string(),
  revealed: z.array(z.strictObject({ kind: RevealKind, text: z.string() })),
  answer: z.string(),
  workspace: CandidateWorkspace.optional().describe("Absent where the question has none."),
  lastRun: ShownRun.optional().describe("The last run that everybody sees; absent where there is none."),
  hadQuiet: z
    .literal(true)
    .optional()
    .describe("Quiet time was begun on it and is over, so that its writer may tell what they did."),
});
export type CandidateAsk = z.infer<typeof CandidateAsk>;

export const candidateAsk = ({ askId, number, question, revealed, answer, lastRun, hadQuiet }: Ask): CandidateAsk => ({
  askId,
  number,
  prompt: question.prompt,
  revealed: revealed.map(({ kind, index }) => ({
    kind,
    text: (kind === "hint" ? question.hints[index] : question.followUps[index]?.ask) ?? "",
  })),
  answer,
  ...(question.workspace && { workspace: seenWorkspace(question.workspace) }),
  ...(lastRun && { lastRun: shownRun(lastRun) }),
  ...(hadQuiet && { hadQuiet }),
});

const seenWorkspace = cached(candidateWorkspace);

/** An ask that was put to the candidate before, and is closed. */
export const EarlierAsk = CandidateAsk.extend({
  closedAtMs: z.number().describe("Running time of the interview when it was closed."),
});
export type EarlierAsk = z.infer<typeof EarlierAsk>;

/** With what of it stood on the candidate's page: what the panel opened once it was closed did not. */
export const earlierAsk = (ask: Ask): EarlierAsk => ({
  ...candidateAsk({ ...ask, revealed: ask.revealed.filter(({ seen }) => seen) }),
  closedAtMs: ask.spans.at(-1)?.to ?? 0,
});

/** The interviewer who asked, by the name that stays when they are gone. */
const AskedBy = z.strictObject({ seatId: z.string(), name: z.string() });

export const PanelAsk = z.strictObject({
  askId: z.string(),
  roundId: RoundId,
  candidateId: z.string(),
  number: z.int(),
  question: AskedQuestion,
  planItemId: z.string().nullable(),
  deviation: z.enum(["none", "out_of_order", "not_in_plan"]),
  minutes: z.int(),
  askedAtMs: z.number().describe("Running time of the interview when it was first asked."),
  closedMs: z.number().describe("Running time that it was open, without the span that is still open."),
  openSinceMs: z.number().nullable(),
  revealed: z.array(z.strictObject({ kind: RevealKind, index: z.int(), elapsedMs: z.number() })),
  answer: z.string(),
  lastRun: CandidateAsk.shape.lastRun,
  lastCheck: ShownRun.optional().describe(
    "The last run of the panel's own, with all tests; absent where there is none.",
  ),
  hadQuiet: CandidateAsk.shape.hadQuiet,
  askedBy: AskedBy.optional().describe("Absent where a host asked it."),
});
export type PanelAsk = z.infer<typeof PanelAsk>;

export function panelAsk(ask: Ask, askedBy?: z.infer<typeof AskedBy>): PanelAsk {
  const { askId, roundId, candidateId, number, question, planItemId, deviation, minutes, spans, revealed } = ask;
  const { answer, lastRun } = ask.stood ?? ask;
  const { closedMs, openSince } = spentOn(ask);
  const view: PanelAsk = {
    askId,
    roundId,
    candidateId,
    number,
    question,
    planItemId,
    deviation,
    minutes,
    askedAtMs: spans[0]?.from ?? 0,
    closedMs,
    openSinceMs: openSince,
    revealed: revealed.map(({ kind, index, elapsed }) => ({ kind, index, elapsedMs: elapsed })),
    answer,
    ...(lastRun && { lastRun: shownRun(lastRun) }),
    ...(ask.lastCheck && { lastCheck: shownRun(ask.lastCheck) }),
    ...(ask.hadQuiet && { hadQuiet: ask.hadQuiet }),
  };
  return askedBy ? { ...view, askedBy } : view;
}
