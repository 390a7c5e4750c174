import type { Outcome } from "@whetstone/shared/room/decision/commands";
import type { Confidence, NoteMark, Recommendation } from "@whetstone/shared/room/scorecard/commands";

/** The words in documents for the domain's names; the same as on screen. */

export const RECOMMENDATION_NAMES: Readonly<Record<Recommendation, string>> = {
  strong_no: "Strong no",
  no: "No",
  yes: "Yes",
  strong_yes: "Strong yes",
};

export const CONFIDENCE_NAMES: Readonly<Record<Confidence, string>> = { low: "Low", medium: "Medium", high: "High" };

export const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  advance: "Advance",
  decline: "Decline",
  hold: "On hold",
};

export const MARK_NAMES: Readonly<Record<NoteMark, string>> = { strength: "Strength", concern: "Concern" };

/** Running time as minutes and seconds. */
export function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A score, 1 to 4, with two decimals; a dash where there is none. */
export const scoreText = (score: number | null): string => (score === null ? "–" : score.toFixed(2));
