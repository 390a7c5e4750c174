import { z } from "zod";
import { PhaseKind } from "../../bank.ts";
import { type Ask, openAsk } from "../asks/state.ts";
import { askTimer, roomTimer, Timer } from "../course/timer.ts";
import { isInLobby } from "../seats/lobby.ts";
import type { Seat } from "../seats/state.ts";
import { currentRound, type RoomState, roundsBehind } from "../state.ts";
import { CandidateAsk, candidateAsk, EarlierAsk, earlierAsk } from "./asks.ts";
import { cachedItems, cachedWhile } from "./cache.ts";
import { RoomCall, roomCall } from "./call.ts";
import { KeptUntil, keptUntil } from "./kept-until.ts";
import { commonWith, Messages } from "./messages.ts";
import { noted } from "./noted.ts";
import { PeersView, peersView } from "./peers.ts";
import { CandidatePerson, company, companyWithObservers } from "./people.ts";
import { RoomPhase } from "./phase.ts";
import { QuietView, quietView } from "./quiet.ts";

export const CandidateView = z.strictObject({
  role: z.literal("candidate"),
  you: z.strictObject({
    seatId: z.string(),
    name: z.string(),
    admitted: z.boolean(),
    handRaised: z.boolean(),
    movedOutBy: z.string().optional().describe("Who moved them back to the lobby, by name, while they wait there."),
  }),
  room: z.strictObject({
    title: z.string(),
    phase: RoomPhase,
    planPhase: PhaseKind.nullable(),
    keptUntil: KeptUntil,
    call: RoomCall.optional(),
    marks: z.literal(true).optional().describe("Large pastes and leaving the page are noted; absent where nothing is."),
  }),
  people: z.array(CandidatePerson),
  timer: Timer,
  ask: CandidateAsk.nullable(),
  earlier: z
    .array(EarlierAsk)
    .describe(
      "What was put to the seat and is closed, with their own answers: while the interview runs, and afterwards.",
    ),
  askTimer: Timer.nullable(),
  quiet: QuietView,
  common: Messages.optional().describe("What they and the panel wrote to each other; absent where that is nothing."),
  peers: PeersView.optional(),
});
export type CandidateView = z.infer<typeof CandidateView>;

export function candidateView(state: RoomState, seat: Seat): CandidateView {
  const ask = askOf(state, seat);
  const peers = peersView(state, seat.seatId);
  const view = {
    ...course({ state, seat }),
    ask: ask ? candidateAsk(ask) : null,
    earlier: earlierAsks({ state, seat }),
  };
  return peers ? { ...view, peers } : view;
}

/** The open ask, where it was put to the seat. */
function askOf(state: RoomState, seat: Seat): Ask | undefined {
  if (isInLobby(state, seat)) return undefined;
  const ask = openAsk(currentRound(state));
  return ask?.candidateId === seat.seatId ? ask : undefined;
}

/** Closed asks of the round and of those that it continues, which were put to the seat. */
const earlierAsks = cachedItems(
  ({ seat }: { readonly state: RoomState; readonly seat: Seat }) => seat,
  ({ state, seat }) => {
    const { seatId } = seat;
    const round = currentRound(state);
    if (round.phase === "lobby" || isInLobby(state, seat)) return [];
    return roundsBehind(state, round)
      .flatMap(({ asks }) => asks)
      .filter(({ askId, candidateId }) => candidateId === seatId && askId !== round.openAskId);
  },
  earlierAsk,
);

/** All but the asks, which changes most; its place is kept, see `questions.ts`. */
const course = cachedWhile(
  ({ seat }: { readonly state: RoomState; readonly seat: Seat }) => seat,
  ({ state, seat }) => {
    const { roles, phase, minutes, planPhase, clock } = currentRound(state);
    const ask = askOf(state, seat);
    return [
      state.title,
      state.keeping,
      state.observersShown,
      state.quiet,
      state.call,
      commonWith({ state, seat }),
      state.seats,
      roles,
      phase,
      minutes,
      planPhase,
      clock,
      ask?.spans,
      ask?.minutes,
    ];
  },
  ({ state, seat }): Omit<CandidateView, "peers"> => {
    const { seatId, name, admitted, handRaised } = seat;
    const round = currentRound(state);
    const { phase, planPhase } = round;
    const ask = askOf(state, seat);
    return {
      role: "candidate",
      you: { seatId, name, admitted, handRaised, ...movedOut(state, seat) },
      room: {
        title: state.title,
        phase,
        planPhase: planPhase?.kind ?? null,
        ...keptUntil(state),
        ...noted(state),
        ...roomCall(state),
      },
      people: state.observersShown ? companyWithObservers(state) : company(state),
      timer: roomTimer(round),
      ask: null,
      earlier: [],
      askTimer: ask ? askTimer(round, ask) : null,
      ...(isInLobby(state, seat) ? {} : quietView(state)),
      ...(admitted ? commonWith({ state, seat }) : {}),
    };
  },
);

function movedOut(state: RoomState, seat: Seat): { movedOutBy?: string } {
  const host = seat.movedOut && isInLobby(state, seat) ? state.seats[seat.movedOut.by] : undefined;
  return host ? { movedOutBy: host.name } : {};
}
