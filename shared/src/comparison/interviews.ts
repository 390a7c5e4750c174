import { z } from "zod";
import type { Criterion, Level } from "../bank.ts";
import { debriefOf } from "../debrief.ts";
import { titleOf } from "../question-title.ts";
import type { Confidence, Recommendation } from "../room/scorecard/commands.ts";
import type { DecisionView } from "../room/view/scorecards.ts";
import type { PanelView } from "../room/view/view.ts";
import { asksOfRound, candidateOfRound } from "../scorecard.ts";

/**
 * Interviews beside each other. All of it is made from the views of seats that one person holds, so nobody reads across
 * rooms what they could not read in each of them.
 */

export const MOST_SECRETS = 200;

export const Secrets = z
  .array(z.string().max(200))
  .max(MOST_SECRETS)
  .describe("Tokens of seats that lead or score, and hosts' links. One that opens nothing is left out and counted.");

const ClosedRoom = z.strictObject({ roomId: z.string(), title: z.string() });

const UnreadableRoom = z.strictObject({ roomId: z.string(), sentence: z.string() });

/** What the secrets of a request opened. */
export const Reach = z.strictObject({
  interviews: z.int().describe("Interviews whose scorecards are open to their holder."),
  closed: z.array(ClosedRoom).describe("Rooms whose scorecards are not; nothing else of them is told or counted."),
  unusable: z.int().describe("Secrets that open no seat that leads or scores."),
  // Left out where there is none, as pages of before this know nothing of it.
  unreadable: z
    .array(UnreadableRoom)
    .optional()
    .describe("Rooms that the server could not read, each with its reason."),
  erased: z
    .int()
    .optional()
    .describe(
      "Rooms whose people were erased: what counts in them counts in a question's use, and nobody is compared.",
    ),
});
export type Reach = z.infer<typeof Reach>;

/** What is compared of an interview whose scorecards are open: little enough to be kept of many, and plain data. */
export interface Interview {
  readonly roomId: string;
  /** Its people and texts are gone; it counts, and is not told of. */
  readonly erased: boolean;
  readonly title: string;
  readonly candidate: string | null;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  readonly kit: { readonly kitId: string; readonly title: string } | null;
  readonly forRole: string | null;
  readonly raters: readonly InterviewRater[];
  readonly decision: DecisionView | null;
  /** 1 to 4, or null where nobody rated anything. */
  readonly overall: number | null;
  readonly competencies: readonly InterviewCompetency[];
  /** In the order of asking. */
  readonly asks: readonly InterviewAsk[];
}

interface InterviewRater {
  readonly seatId: string;
  readonly name: string;
  readonly recommendation: Recommendation | null;
  readonly confidence: Confidence | null;
  readonly overall: number | null;
  /** By `ratingKey(askId, criterionId)`: what was submitted first, before they could read another's, and what holds. */
  readonly first: Readonly<Record<string, Level>>;
  readonly current: Readonly<Record<string, Level>>;
}

interface InterviewCompetency {
  readonly name: string;
  readonly weight: number;
  readonly score: number | null;
  /** One for each rater, in their order. */
  readonly byRater: readonly (number | null)[];
}

export interface InterviewAsk {
  readonly askId: string;
  /** Of the bank; null where it was typed. */
  readonly questionId: string | null;
  readonly title: string;
  readonly criteria: readonly Criterion[];
  readonly budgetMs: number;
  readonly usedMs: number;
}

/** What many rooms came to, as they were read one after the other. */
export interface Reading {
  readonly interviews: readonly Interview[];
  readonly closed: Reach["closed"];
  readonly unusable: number;
  readonly unreadable?: Reach["unreadable"];
  readonly erased?: number;
}

const MINUTE_MS = 60_000;

/** What is compared of a room, or null where its scorecards are closed to the viewer. */
export function interviewOf(roomId: string, view: PanelView, erased = false): Interview | null {
  const debrief = debriefOf(view);
  if (!debrief) return null;
  const { room, kit } = view;
  return {
    roomId,
    erased,
    title: room.title,
    candidate: candidateOfRound(view) ?? room.candidateName,
    at: room.startedAt ?? room.openedAt,
    kit: kit && { kitId: kit.kitId, title: kit.title },
    forRole: room.forRole,
    raters: debrief.raters.map(({ seatId, name, current, versions: [first], overall }) => ({
      seatId,
      name,
      recommendation: current.recommendation,
      confidence: current.confidence,
      overall,
      first: first?.ratings ?? {},
      current: current.ratings,
    })),
    decision: view.decisions.at(-1) ?? null,
    overall: debrief.overall,
    competencies: debrief.competencies.map(({ name, weight, score, byRater }) => ({ name, weight, score, byRater })),
    asks: asksOfRound(view).map(({ askId, question, minutes, closedMs }) => ({
      askId,
      questionId: question.bankId,
      title: titleOf(question),
      criteria: question.criteria,
      budgetMs: minutes * MINUTE_MS,
      usedMs: closedMs,
    })),
  };
}

/** The earliest first; the same order wherever the same interviews come in another one. */
export const inOrder = (interviews: readonly Interview[]): Interview[] =>
  interviews.toSorted((a, b) => a.at - b.at || (a.roomId < b.roomId ? -1 : 1));

export const reachOf = ({ interviews, closed, unusable, unreadable = [], erased = 0 }: Reading): Reach => ({
  interviews: interviews.filter((interview) => !interview.erased).length,
  closed,
  unusable,
  ...(unreadable.length > 0 && { unreadable }),
  ...(erased > 0 && { erased }),
});

/** A name as it is compared: without the spaces around it, and capital or not. */
export const folded = (name: string): string => name.normalize("NFC").trim().toLowerCase();

/** A criterion as it stood in several interviews: how it is called last, and whether its anchors were ever different. */
export interface SameCriterion {
  readonly criterionId: string;
  readonly name: string;
  readonly changed: boolean;
}

/** The criteria of one question, from its asks with the latest first. */
export function criteriaOf(latestFirst: readonly InterviewAsk[]): SameCriterion[] {
  const all = latestFirst.flatMap(({ criteria }) => criteria);
  return [...new Set(all.map(({ id }) => id))].map((criterionId) => {
    const same = all.filter(({ id }) => id === criterionId);
    const anchors = new Set(same.map((criterion) => JSON.stringify(criterion.anchors)));
    return { criterionId, name: same[0]?.name ?? criterionId, changed: anchors.size > 1 };
  });
}
