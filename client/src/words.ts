import type { PhaseKind, QuestionLevel } from "@whetstone/shared/bank";
import type { ExportFormat } from "@whetstone/shared/export-wire";
import type { BlindPolicy } from "@whetstone/shared/room/scorecard/commands";
import type { SeatRole } from "@whetstone/shared/room/seats/commands";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";

/** The words on screen for the domain's names. */

export const PHASE_NAMES: Record<PhaseKind, string> = {
  introduction: "Introduction",
  questions: "Questions",
  candidate_questions: "Candidate's questions",
  wrap_up: "Wrap-up",
};

export const ROLE_NAMES: Record<SeatRole, string> = {
  host: "Host",
  interviewer: "Interviewer",
  candidate: "Candidate",
  observer: "Observer",
  captioner: "Captioner",
};

export const LEVEL_NAMES: Record<QuestionLevel, string> = {
  foundation: "foundation",
  working: "working",
  advanced: "advanced",
  research: "research",
};

export const FORMAT_NAMES: Record<ExportFormat, string> = {
  pdf: "PDF",
  xlsx: "Excel",
  csv: "CSV",
  md: "Markdown",
  json: "JSON",
  "greenhouse.json": "Greenhouse",
  "lever.json": "Lever",
  "ashby.json": "Ashby",
};

/** How an ask departs from the plan; null where it follows it. */
export const DEVIATION_NAMES: Record<PanelAsk["deviation"], string | null> = {
  none: null,
  out_of_order: "asked out of order",
  not_in_plan: "not in the plan",
};

export const POLICY_NAMES: Record<BlindPolicy, { name: string; meaning: string }> = {
  after_own: {
    name: "After one's own",
    meaning: "Each interviewer sees the others' scorecards once they have submitted theirs.",
  },
  after_all: { name: "After everybody's", meaning: "Nobody sees another's scorecard until all have submitted." },
  never: { name: "Host only", meaning: "Interviewers never see each other's; the host does after submitting." },
};

/** Minutes and seconds, with a minus sign below zero: `18:42`, `−1:10`. */
export function clockText(milliseconds: number): string {
  // A countdown shows a second until it is over; overtime shows it once it has passed.
  const seconds = Math.ceil(milliseconds / 1000);
  const size = Math.abs(seconds);
  return `${seconds < 0 ? "−" : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
}

/** Running time of the interview, rounded down. */
export const elapsedText = (milliseconds: number): string => clockText(Math.floor(milliseconds / 1000) * 1000);

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => [...word][0] ?? "")
    .slice(0, 2)
    .join("")
    .toUpperCase();

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Time used beside its budget: `7:20 of 6:00, 1:20 over`. */
export function timeText(usedMs: number, budgetMs: number): string {
  const over = Math.floor(usedMs / 1000) - Math.floor(budgetMs / 1000);
  return `${elapsedText(usedMs)} of ${elapsedText(budgetMs)}${over > 0 ? `, ${elapsedText(over * 1000)} over` : ""}`;
}

/** Where in an answer a note points, given the question that it was written to and when that was asked. */
export const answerMomentText = (elapsedMs: number, askedAtMs: number): string =>
  `at ${elapsedText(Math.max(0, elapsedMs - askedAtMs))} of the answer`;

/** A length of time in words: `40 s`, `3 min 20 s`, `14 min`. */
export function lengthText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** A mean of levels as it is shown: `2.8`. */
export const scoreText = (score: number): string => score.toFixed(1);

/** A moment of the calendar, from milliseconds since 1970, as this browser writes it. */
export const momentText = (at: number): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

/** A day of the calendar, from milliseconds since 1970, as this browser writes it. */
export const dayText = (at: number): string => new Date(at).toLocaleDateString(undefined, { dateStyle: "medium" });
