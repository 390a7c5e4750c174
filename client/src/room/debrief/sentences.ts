import type { DebriefPair, DebriefRater } from "@whetstone/shared/debrief";
import { RECOMMENDATION_NAMES } from "@whetstone/shared/names";
import { Recommendation } from "@whetstone/shared/room/scorecard/commands";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { plural, scoreText } from "../../words.ts";

/** What opens the debrief to somebody for whom it is closed. It tells of nobody but themselves. */
export function closedSentence({ room, role, scorecard }: PanelView): string {
  const isSubmitted = scorecard.versions.length > 0;
  switch (room.blindPolicy) {
    case "after_own":
      return "It opens as soon as you have submitted your scorecard.";
    case "after_all":
      return isSubmitted
        ? "Your scorecard is submitted. The debrief opens when everybody on the panel has submitted theirs."
        : "It opens when everybody on the panel has submitted their scorecard, you among them.";
    case "never":
      return role === "host"
        ? "It opens to you, and to nobody else, as soon as you have submitted your scorecard."
        : "In this room only the host reads the scorecards of others. Yours stays readable to you.";
    default:
      return room.blindPolicy satisfies never;
  }
}

/** How many raters recommend what, strongest first: `2 yes, 1 no, 1 without a recommendation`. */
export function tally(raters: readonly DebriefRater[]): string {
  const recommended = raters.map(({ current }) => current.recommendation);
  const counts = [...Recommendation.options].reverse().flatMap((recommendation) => {
    const count = recommended.filter((other) => other === recommendation).length;
    return count === 0 ? [] : [`${count} ${RECOMMENDATION_NAMES[recommendation].toLowerCase()}`];
  });
  const without = recommended.filter((recommendation) => recommendation === null).length;
  return [...counts, ...(without > 0 ? [`${without} without a recommendation`] : [])].join(", ");
}

/** Who of a pair rates lower, by their seat, and by how many levels; null where neither does. */
export function leaningOf({ one, other, leaning }: DebriefPair): { lower: string; higher: string; by: string } | null {
  const by = scoreText(Math.abs(leaning));
  if (by === "0.0") return null;
  return leaning < 0 ? { lower: one, higher: other, by } : { lower: other, higher: one, by };
}

/** `4 of 10 levels are equal (40%).` */
export function equalSentence({ shared, equal }: DebriefPair): string {
  const count = Math.round(shared * equal);
  return `${count} of ${plural(shared, "level")} ${count === 1 ? "is" : "are"} equal (${Math.round(equal * 100)}%).`;
}

const EXCERPT = 600;

/** The beginning of a long text, to its last whole word; null where the text is short enough to be shown as it is. */
export function excerptOf(text: string): string | null {
  // Half as much again is allowed, so that nothing is folded away for a few words.
  if (text.length <= EXCERPT * 1.5) return null;
  const beginning = [...text.slice(0, EXCERPT + 1)].slice(0, -1).join("");
  const lastSpace = beginning.search(/\s\S*$/);
  return `${lastSpace > EXCERPT / 2 ? beginning.slice(0, lastSpace) : beginning}…`;
}
