import type { Outcome } from "./room/decision/commands.ts";
import type { Confidence, NoteMark, Recommendation } from "./room/scorecard/commands.ts";

/** What the domain's values are called, on screen and in documents alike. */

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
