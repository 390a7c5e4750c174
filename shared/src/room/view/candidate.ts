import { z } from "zod";
import { PhaseKind } from "../../bank.ts";
import { findAsk } from "../asks/state.ts";
import { askTimer, roomTimer, Timer } from "../course/timer.ts";
import type { Seat } from "../seats/state.ts";
import { currentRound, type RoomState } from "../state.ts";
import { CandidateAsk, candidateAsk } from "./asks.ts";
import { cached, cachedWhile } from "./cache.ts";
import { KeptUntil, keptUntil } from "./kept-until.ts";
import { PeersView, peersView } from "./peers.ts";
import { CandidatePerson, company, companyWithObservers } from "./people.ts";
import { RoomPhase } from "./phase.ts";

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
  peers: PeersView.optional(),
});
export type CandidateView = z.infer<typeof CandidateView>;

export function candidateView(state: RoomState, seat: Seat): CandidateView {
  const round = currentRound(state);
  const open = round.openAskId === null ? undefined : findAsk(round, round.openAskId);
  const ask = open?.candidateId === seat.seatId ? open : undefined;
  const peers = peersView(state, seat.seatId);
  return {
    role: "candidate",
    you: self(seat),
    room: room(state),
    people: state.observersShown ? companyWithObservers(state) : company(state),
    timer: roomTimer(round),
    ask: ask ? candidateAsk(ask) : null,
    askTimer: ask ? askTimer(round, ask) : null,
    ...(peers && { peers }),
  };
}

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
