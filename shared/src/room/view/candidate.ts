import { z } from "zod";
import { PhaseKind } from "../../bank.ts";
import { RevealKind } from "../asks/commands.ts";
import { type Ask, findAsk } from "../asks/state.ts";
import { askTimer, roomTimer, Timer } from "../course/timer.ts";
import type { Seat } from "../seats/state.ts";
import { currentRound, type RoomState } from "../state.ts";
import { cached, cachedWhile } from "./cache.ts";
import { KeptUntil, keptUntil } from "./kept-until.ts";
import { CandidatePerson, company, companyWithObservers } from "./people.ts";
import { RoomPhase } from "./phase.ts";

/** What was put to the candidate of one ask: the prompt, and hints and follow-ups once revealed. */
const CandidateAsk = z.strictObject({
  askId: z.string(),
  number: z.int(),
  prompt: z.string(),
  revealed: z.array(z.strictObject({ kind: RevealKind, text: z.string() })),
  answer: z.string(),
});

export const CandidateView = z.strictObject({
  role: z.literal("candidate"),
  you: z.strictObject({ seatId: z.string(), name: z.string(), admitted: z.boolean(), handRaised: z.boolean() }),
  room: z.strictObject({
    title: z.string(),
    phase: RoomPhase,
    planPhase: PhaseKind.nullable(),
    keptUntil: KeptUntil,
  }),
  people: z.array(CandidatePerson),
  timer: Timer,
  ask: CandidateAsk.nullable(),
  askTimer: Timer.nullable(),
});
export type CandidateView = z.infer<typeof CandidateView>;

export function candidateView(state: RoomState, seat: Seat): CandidateView {
  const round = currentRound(state);
  const open = round.openAskId === null ? undefined : findAsk(round, round.openAskId);
  const ask = open?.candidateId === seat.seatId ? open : undefined;
  return {
    role: "candidate",
    you: self(seat),
    room: room(state),
    people: state.observersShown ? companyWithObservers(state) : company(state),
    timer: roomTimer(round),
    ask: ask ? candidateAsk(ask) : null,
    askTimer: ask ? askTimer(round, ask) : null,
  };
}

export const candidateAsk = ({ askId, number, question, revealed, answer }: Ask): z.infer<typeof CandidateAsk> => ({
  askId,
  number,
  prompt: question.prompt,
  revealed: revealed.map(({ kind, index }) => ({
    kind,
    text: (kind === "hint" ? question.hints[index] : question.followUps[index]?.ask) ?? "",
  })),
  answer,
});

const self = cached(({ seatId, name, admitted, handRaised }: Seat) => ({ seatId, name, admitted, handRaised }));

const room = cachedWhile(
  (state: RoomState) => currentRound(state).clock,
  (state) => {
    const { phase, planPhase } = currentRound(state);
    return [state.title, phase, planPhase, state.keeping];
  },
  (state) => {
    const { phase, planPhase } = currentRound(state);
    return { title: state.title, phase, planPhase: planPhase?.kind ?? null, ...keptUntil(state) };
  },
);
