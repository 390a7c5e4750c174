import { AskedQuestion, Competency, Level } from "@whetstone/shared/bank";
import { RevealKind } from "@whetstone/shared/room/asks/commands";
import { Outcome } from "@whetstone/shared/room/decision/commands";
import { BlindPolicy, Confidence, NoteMark, Recommendation } from "@whetstone/shared/room/scorecard/commands";
import { SeatRole } from "@whetstone/shared/room/seats/commands";
import { ShownRun } from "@whetstone/shared/room/view/runs";
import { z } from "zod";
import { ExportedBoard } from "./boards.ts";

/**
 * A room as one person of its panel may take it away. Made from that person's view and from nothing else, so it holds exactly
 * what they could see. Every format is written from this, and the JSON export is this itself.
 */

const Moment = z.iso.datetime();
const Milliseconds = z.int().describe("Milliseconds of the interview's running time, without its pauses.");

const ExportedRun = ShownRun.omit({ seatId: true }).extend({
  by: z.string().describe("Who ran it, in their browser, which says all this."),
});
export type ExportedRun = z.infer<typeof ExportedRun>;

const ExportedAsk = z.strictObject({
  number: z.int(),
  askId: z.string(),
  question: AskedQuestion,
  planned: z.boolean(),
  deviation: z.enum(["none", "out_of_order", "not_in_plan"]),
  minutes: z.int().describe("Its budget."),
  askedAtMs: Milliseconds,
  openMs: Milliseconds,
  revealed: z.array(z.strictObject({ kind: RevealKind, text: z.string(), elapsedMs: Milliseconds })),
  answer: z.string().describe("What the candidate wrote."),
  board: ExportedBoard.optional().describe("What was drawn on its board; absent where nothing was."),
  lastRun: ExportedRun.optional().describe(
    "How the program went when it was run last for everybody; absent where it was not.",
  ),
  lastCheck: ExportedRun.optional().describe("How it went with all tests when the panel ran it last."),
  askedBy: z.string().optional().describe("The interviewer who asked it; absent where a host did."),
});

const ExportedCriterion = z.strictObject({
  askId: z.string(),
  askNumber: z.int(),
  questionId: z.string().nullable(),
  question: z.string().describe("Its title."),
  criterionId: z.string(),
  criterion: z.string(),
  competencies: z.array(z.string()).describe("What a rating of it counts to."),
});
export type ExportedCriterion = z.infer<typeof ExportedCriterion>;

const ExportedRating = ExportedCriterion.extend({
  level: Level,
  anchor: z.string(),
  evidence: z.array(z.string()).describe("The notes that the rater bound to this rating, by noteId."),
});
export type ExportedRating = z.infer<typeof ExportedRating>;

const ExportedNote = z.strictObject({
  noteId: z.string(),
  askId: z.string().nullable(),
  at: Moment,
  elapsedMs: Milliseconds,
  mark: NoteMark.nullable(),
  evidenceFor: z.string().nullable().describe("A criterion of the ask."),
  moment: z
    .strictObject({
      askId: z.string(),
      elapsedMs: Milliseconds,
      answerMs: Milliseconds.describe("Running time since the question was asked."),
    })
    .optional()
    .describe("The moment of an answer that it points at; absent where it points at none."),
  text: z.string(),
});

const ExportedJudgement = z.strictObject({
  recommendation: Recommendation.nullable(),
  confidence: Confidence.nullable().describe("How sure the rater is of the recommendation."),
  summary: z.string(),
  ratings: z.array(ExportedRating),
  unrated: z.array(ExportedCriterion).describe("What could be rated and was not."),
  heard: z.array(z.strictObject({ askId: z.string(), keyPoints: z.array(z.string()) })),
  notes: z.array(ExportedNote),
});

export type ExportedJudgement = z.infer<typeof ExportedJudgement>;

const Submission = z.strictObject({
  version: z.int().describe("From 1."),
  submittedAt: Moment,
  incompleteBecause: z.string().nullable().describe("Why it was submitted although something was missing."),
  amendedBecause: z.string().nullable().describe("Null for the first version."),
  informed: z.boolean().describe("Its rater could read another's scorecard by then."),
});

const ExportedVersion = ExportedJudgement.extend(Submission.shape);

const ExportedScorecard = ExportedJudgement.extend({
  seatId: z.string(),
  rater: z.string(),
  own: z.boolean().describe("The scorecard of the person who exported."),
  submitted: Submission.nullable().describe("The version that this is; null for a draft."),
  earlier: z.array(ExportedVersion).describe("Versions before it, the first one first."),
});
export type ExportedScorecard = z.infer<typeof ExportedScorecard>;

/** What the panel talks about, once the scorecards are open to the person who exports. */
const ExportedDebrief = z.strictObject({
  overall: z.number().nullable().describe("1 to 4: the mean of the raters' overall scores."),
  raters: z.array(z.strictObject({ seatId: z.string(), rater: z.string(), overall: z.number().nullable() })),
  competencies: z.array(
    Competency.extend({
      score: z.number().nullable(),
      byRater: z.array(z.number().nullable()).describe("One for each of `raters`, in their order."),
      distribution: z.array(z.int()).length(4).describe("How many ratings are at level 1, 2, 3 and 4."),
    }),
  ),
  criteria: z
    .array(
      z.strictObject({
        askNumber: z.int(),
        question: z.string(),
        criterionId: z.string(),
        criterion: z.string(),
        competencies: z.array(z.string()),
        levels: z.array(Level.nullable()).describe("One for each of `raters`, in their order."),
        spread: z.int().nullable().describe("Levels between the highest and the lowest."),
      }),
    )
    .describe("Those that the panel differs on most first."),
  pairs: z.array(
    z.strictObject({
      one: z.string().describe("A seatId."),
      other: z.string().describe("A seatId."),
      shared: z.int().describe("Criteria that both rated."),
      apart: z.number().describe("The mean difference in levels, without its sign."),
      leaning: z.number().describe("The mean of `one` less `other`, in levels."),
      equal: z.number().describe("The share of equal levels, 0 to 1."),
    }),
  ),
  unrated: z.array(z.strictObject({ askNumber: z.int(), question: z.string(), criterion: z.string() })),
});

const ExportedDecision = z.strictObject({ outcome: Outcome, rationale: z.string(), at: Moment, by: z.string() });

const ExportedMessage = z.strictObject({
  at: Moment,
  by: z.string(),
  text: z.string(),
});
export type ExportedMessage = z.infer<typeof ExportedMessage>;

/** What was written beside the interview; each is absent where nothing was. */
const ExportedMessages = z.strictObject({
  withCandidate: z
    .array(
      ExportedMessage.extend({
        formerly: z.string().optional().describe("The candidate whom it was written with, where they were replaced."),
      }),
    )
    .optional(),
  amongPanel: z.array(ExportedMessage).optional().describe("Never given to a candidate or an observer."),
});

const ExportedPlanItem = z.strictObject({
  questionId: z.string(),
  title: z.string(),
  minutes: z.int(),
  asked: z.boolean(),
  notAskedBecause: z
    .enum(["not_begun", "still_running", "taken_out", "out_of_time", "ended_before"])
    .optional()
    .describe(
      "Absent where it was asked. The interview had not begun, or was still running; the host took it out of the plan; the time was used up; the interview was ended with time left.",
    ),
});
export type ExportedPlanItem = z.infer<typeof ExportedPlanItem>;

export const RoomExport = z.strictObject({
  format: z.literal("whetstone-room"),
  version: z.literal(2),
  exportedAt: Moment,
  exportedBy: z.string(),
  room: z.strictObject({
    title: z.string(),
    candidate: z.string().nullable(),
    forRole: z.string().nullable(),
    kit: z.string().nullable().describe("The title of the kit that it was opened from."),
    phase: z.enum(["lobby", "live", "paused", "ended"]),
    blindPolicy: BlindPolicy,
    minutes: z.int().describe("Planned, extensions included."),
    usedMs: Milliseconds,
    openedAt: Moment,
    startedAt: Moment.nullable(),
    endedAt: Moment.nullable(),
  }),
  people: z.array(z.strictObject({ name: z.string(), role: SeatRole })),
  plan: z.array(ExportedPlanItem).describe("The plan, and then what was taken out of it since the kit made it."),
  asks: z.array(ExportedAsk),
  deviations: z
    .strictObject({
      notAsked: z.array(z.string()),
      added: z.array(z.string()),
      outOfOrder: z.array(z.string()),
    })
    .describe("From what was planned, by the kit or since: titles of questions."),
  scorecards: z.array(ExportedScorecard),
  unsubmitted: z
    .array(z.strictObject({ seatId: z.string(), rater: z.string() }))
    .optional()
    .describe(
      "Who scores the interview and has submitted no scorecard; absent where there is nobody, or it may not be known.",
    ),
  messages: ExportedMessages.optional(),
  debrief: ExportedDebrief.nullable(),
  decisions: z.array(ExportedDecision).describe("Every version; the last one holds."),
});
export type RoomExport = z.infer<typeof RoomExport>;
