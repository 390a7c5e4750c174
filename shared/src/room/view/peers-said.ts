import { z } from "zod";
import { AskedQuestion, Level } from "../../bank.ts";
import { CandidateWorkspace, candidateWorkspace } from "../../workspace/workspace.ts";
import { RoundId } from "../id.ts";
import { InterviewingCriterion, PeerText } from "../peers/commands.ts";
import { haveAllLetGo, type PeersState } from "../peers/state.ts";
import { emptyScorecard } from "../scorecard/state.ts";
import type { SeatRole } from "../seats/commands.ts";
import { currentRound, type RoomState, type Round, roleIn, scores } from "../state.ts";
import { CandidateAsk, candidateAsk, PanelAsk, panelAsk } from "./asks.ts";
import { cached } from "./cache.ts";
import { JudgementView, judgementView } from "./scorecards.ts";

/**
 * What those who practise with each other say of each other: what each keeps of the rounds that are over, what they have written, and what
 * the others wrote of them. How somebody is rated and what the bank says of what they were asked reaches them once all have let go.
 */

const Texts = z.partialRecord(PeerText, z.string());
const Interviewing = z.partialRecord(InterviewingCriterion, Level);

/** One round as its viewer left it behind. */
export const PastRound = z.discriminatedUnion("you", [
  z.strictObject({
    you: z.literal("rated"),
    roundId: RoundId,
    of: z.string().describe("A name."),
    asks: z.array(PanelAsk),
    judgement: JudgementView,
  }),
  z.strictObject({
    you: z.literal("answered"),
    roundId: RoundId,
    asks: z.array(
      CandidateAsk.extend({
        questionId: z.string().nullable().describe("In the bank, so that it is not dealt to them again."),
      }),
    ),
  }),
]);
export type PastRound = z.infer<typeof PastRound>;

/** What the viewer has written of others and has or has not let go. */
export const Given = z.strictObject({ roundId: RoundId, texts: Texts, interviewing: Interviewing });
export type Given = z.infer<typeof Given>;

/** One question that the viewer was asked, with all that the bank says of it, and how the others rated the answer. */
const ReceivedAsk = z.strictObject({
  askId: z.string(),
  number: z.int(),
  question: AskedQuestion.extend({ workspace: CandidateWorkspace.optional().describe("Hidden tests stay hidden.") }),
  answer: z.string(),
  revealed: z.int().describe("How many hints and follow-ups were put to them."),
  levels: z.array(z.strictObject({ by: z.string(), criterionId: z.string(), level: Level })),
  heard: z.array(z.int()).describe("The key points that somebody heard."),
});
export type ReceivedAsk = z.infer<typeof ReceivedAsk>;

const Words = z.strictObject({ by: z.string().describe("A name."), texts: Texts, interviewing: Interviewing });

/** What the others say of the viewer, once all have let go. */
export const Received = z.strictObject({
  asked: z.array(z.strictObject({ roundId: RoundId, asks: z.array(ReceivedAsk), words: z.array(Words) })),
  interviewing: z.array(z.strictObject({ roundId: RoundId, words: z.array(Words) })),
});
export type Received = z.infer<typeof Received>;

/** What the viewer keeps of rounds that are over: what they asked and how they rated it, or what they were asked and answered. */
export function pastOf(state: RoomState, seatId: string): PastRound[] {
  return state.rounds.flatMap((round): PastRound[] => {
    if (round.phase !== "ended") return [];
    const { roundId } = round;
    const role = roleIn(state, roundId, seatId);
    if (role === "candidate") return [{ you: "answered", roundId, asks: answered(round) }];
    // What one takes up again alone is answered without what was uncovered of it.
    if (state.peers?.people === 1 && roleIn(state, currentRound(state).roundId, seatId) === "candidate") return [];
    if (!scores(role)) return [];
    const scorecard = round.scorecards[seatId] ?? emptyScorecard;
    const of = round.candidateId === null ? "" : (state.seats[round.candidateId]?.name ?? "");
    return [
      { you: "rated", roundId, of, asks: round.asks.map((ask) => panelAsk(ask)), judgement: judgementView(scorecard) },
    ];
  });
}

const answered = cached((round: Round) =>
  round.asks.map((ask) => ({ ...candidateAsk(ask), questionId: ask.question.bankId })),
);

export const givenBy = ({ given }: PeersState, seatId: string): Given[] =>
  Object.entries(given).flatMap(([roundId, bySeat]) => {
    const own = bySeat[seatId];
    return own ? { roundId: Number(roundId), texts: { ...own.texts }, interviewing: { ...own.interviewing } } : [];
  });

/** All that the bank says of it but the hidden tests, which serve for whoever is asked it next. */
const receivedQuestion = cached(({ workspace, ...question }: AskedQuestion): ReceivedAsk["question"] => ({
  ...question,
  ...(workspace && { workspace: candidateWorkspace(workspace) }),
}));

/** The one place that decides whether what peers say of each other is shown. */
export function received(state: RoomState, peers: PeersState, seatId: string): Received | null {
  if (peers.people === 1 || !haveAllLetGo(peers, state.seats)) return null;
  const isGiven = (giver: string) => giver !== seatId && peers.letGo[giver] === true;
  const nameOf = (giver: string) => state.seats[giver]?.name ?? "";
  const words = (roundId: number, of: (role: SeatRole | null) => boolean) =>
    Object.entries(peers.given[roundId] ?? {})
      .filter(([giver]) => isGiven(giver) && of(roleIn(state, roundId, giver)))
      .map(([giver, { texts, interviewing }]) => ({
        by: nameOf(giver),
        texts: { ...texts },
        interviewing: { ...interviewing },
      }));
  const asked: Received["asked"] = [];
  const interviewing: Received["interviewing"] = [];
  for (const round of state.rounds) {
    const { roundId } = round;
    const role = roleIn(state, roundId, seatId);
    if (role === "candidate") {
      const cards = Object.entries(round.scorecards).filter(([giver]) => isGiven(giver));
      const asks = round.asks.map((ask): ReceivedAsk => {
        const { askId, number, question, answer, revealed } = ask;
        return {
          askId,
          number,
          question: receivedQuestion(question),
          answer,
          revealed: revealed.length,
          levels: cards.flatMap(([giver, { ratings }]) =>
            question.criteria.flatMap(({ id: criterionId }) => {
              const level = ratings[`${askId}/${criterionId}`];
              return level === undefined ? [] : { by: nameOf(giver), criterionId, level };
            }),
          ),
          heard: [...new Set(cards.flatMap(([, { heard }]) => heard[askId] ?? []))].sort((a, b) => a - b),
        };
      });
      asked.push({ roundId, asks, words: words(roundId, scores) });
    } else if (role === "host") {
      interviewing.push({ roundId, words: words(roundId, (of) => of === "candidate") });
    }
  }
  return { asked, interviewing };
}
