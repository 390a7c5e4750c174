import { currentRound, type RoomState } from "../state.ts";
import { cachedWhile } from "./cache.ts";
import { hostPerson } from "./people.ts";
import type { Questions } from "./questions.ts";
import type { Scoring } from "./scorecards.ts";

/**
 * What an interviewer sees whom the host has not let in yet: which room it is and who leads it. It has the form of an interviewer's view
 * of an empty room, so that a page of any version can show it.
 */
export const waitingQuestions = cachedWhile(
  ({ seats }: RoomState) => seats,
  (state) => [currentRound(state).roundId, currentRound(state).phase === "ended"],
  (state): Questions => ({
    room: {
      title: state.title,
      candidateName: null,
      forRole: null,
      phase: currentRound(state).phase === "ended" ? "ended" : "lobby",
      minutes: 0,
      phases: [],
      blindPolicy: state.blindPolicy,
      observersShown: false,
      openedAt: state.openedAt,
      startedAt: null,
      endedAt: null,
    },
    round: { roundId: currentRound(state).roundId, candidateId: null },
    people: hostPerson(state),
    timer: { kind: "idle", totalMs: 0 },
    planPhase: null,
    kit: null,
    plan: [],
    asks: [],
    openAskId: null,
    askTimer: null,
  }),
);

export const waitingScoring: Scoring = {
  scorecard: {
    ratings: {},
    heard: {},
    notes: [],
    summary: "",
    recommendation: null,
    confidence: null,
    versions: [],
    amendment: null,
  },
  debriefOpen: false,
  others: [],
  decisions: [],
};
