import { FEEDBACK_LIMITS, type FeedbackDraft } from "@whetstone/shared/feedback";

/** Where a piece of the panel's material goes in a draft. */
export type Place = "message" | "strengths" | "concerns";

/** What a draft becomes when a text is copied into it, to be reworded there; null where it has no room for it. */
export function takenOver(draft: FeedbackDraft, place: Place, text: string): Partial<FeedbackDraft> | null {
  if (place === "message") {
    const message = [draft.message.trimEnd(), text.trim()].filter((part) => part !== "").join("\n\n");
    return message.length > FEEDBACK_LIMITS.message ? null : { message };
  }
  const points = draft[place];
  const point = shortened(text.trim(), FEEDBACK_LIMITS.point);
  const empty = points.findIndex((other) => other.trim() === "");
  if (empty >= 0) return { [place]: points.with(empty, point) };
  return points.length < FEEDBACK_LIMITS.points ? { [place]: [...points, point] } : null;
}

/** The beginning of a text, of at most `length` UTF-16 code units, that cuts no character in half. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
