import type { Level } from "../../bank.ts";
import type { Feedback, FeedbackDraft } from "../../feedback.ts";
import { asksOfRound, candidateOfRound } from "../../scorecard.ts";
import { ratingKey } from "../scorecard/state.ts";
import type { PanelAsk } from "../view/asks.ts";
import type { HostView } from "../view/host.ts";
import type { VersionView } from "../view/scorecards.ts";

/** Whether a draft says nothing that could be published. */
export const isEmptyFeedback = ({ message, strengths, concerns, questions }: FeedbackDraft): boolean =>
  questions === "none" && [message, ...strengths, ...concerns].every((text) => text.trim() === "");

/** The feedback that a draft makes, as the candidate would read it: from the host's view, and only what the host chose. */
export function composeFeedback(view: HostView, draft: FeedbackDraft): Feedback {
  const { room, people } = view;
  const written = (points: readonly string[]) => points.map((point) => point.trim()).filter((point) => point !== "");
  const submitted = submittedVersions(view);
  return {
    candidate: candidateOfRound(view) ?? room.candidateName,
    title: room.title,
    forRole: room.forRole,
    interviewedAt: room.startedAt,
    message: draft.message.trim(),
    strengths: written(draft.strengths),
    concerns: written(draft.concerns),
    questions:
      draft.questions === "none"
        ? []
        : asksOfRound(view).map((ask) => ({
            number: ask.number,
            prompt: ask.question.prompt,
            level: draft.questions === "levels" ? medianLevel(ask, submitted) : null,
          })),
    panel: draft.namesPanel
      ? people.filter(({ role }) => role === "host" || role === "interviewer").map(({ name }) => name)
      : [],
  };
}

/** The newest version of each scorecard that the host may read, their own included. */
function submittedVersions({ scorecard, others }: HostView): VersionView[] {
  return [scorecard, ...others].flatMap(({ versions }) => versions.at(-1) ?? []);
}

/** The median of all ratings of an ask, rounded down; null where nobody rated it. */
function medianLevel({ askId, question }: PanelAsk, versions: readonly VersionView[]): Level | null {
  const levels = versions
    .flatMap(({ ratings }) => question.criteria.flatMap(({ id }) => ratings[ratingKey(askId, id)] ?? []))
    .sort((a, b) => a - b);
  return levels[Math.floor((levels.length - 1) / 2)] ?? null;
}
