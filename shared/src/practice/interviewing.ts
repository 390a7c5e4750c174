import type { Criterion } from "../bank.ts";
import type { InterviewingCriterion } from "../room/peers/commands.ts";

/** One of the criteria of how somebody interviewed; its anchors are read by who was asked and by who asked alike. */
export interface InterviewingScale {
  readonly id: InterviewingCriterion;
  readonly name: string;
  readonly anchors: Criterion["anchors"];
}

/** How somebody interviewed, as whoever they asked can tell: what they did, and not who they are. */
export const INTERVIEWING: readonly InterviewingScale[] = [
  {
    id: "clarity",
    name: "Clarity",
    anchors: [
      "Could not say what the question asks for, or put something else than what was meant.",
      "Read the question out, and said the same words again when the candidate asked what was meant.",
      "Made sure that the question was understood before it was answered, and said it in other words where it was not.",
      "Also kept the candidate from guessing: said how deep to go, when a part was answered well enough, and what was still open.",
    ],
  },
  {
    id: "listening",
    name: "Listening",
    anchors: [
      "Talked into the answer, or went on to the next point whatever had been said.",
      "Let the candidate finish, but what came next would have come after any other answer too.",
      "Left time to think without filling the silence, and asked on about something that the candidate had just said.",
      "Also said back in a sentence what had been understood, and asked at the very step that was skipped or shaky.",
    ],
  },
  {
    id: "hints",
    name: "Use of hints",
    anchors: [
      "Gave the answer away, or left the candidate stuck with nothing.",
      "Gave a hint, but before anything had been tried, or long after the thread was lost.",
      "Let the candidate try first, then gave one hint where they were stuck and left the step to them.",
      "Also fitted the hint to what had been tried so far, gave no more than it took, and let it work before offering another.",
    ],
  },
];
