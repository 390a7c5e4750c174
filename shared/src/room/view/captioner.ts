import { z } from "zod";
import { openAsk } from "../asks/state.ts";
import type { Seat } from "../seats/state.ts";
import { currentRound, type RoomState } from "../state.ts";
import { CandidateAsk, candidateAsk } from "./asks.ts";
import { cachedWhile } from "./cache.ts";
import { RoomCall, roomCall } from "./call.ts";
import { CandidatePerson, heardPeople, heardPeopleWithObservers, hostPerson } from "./people.ts";
import { RoomPhase } from "./phase.ts";

/** What somebody sees who types what is said: who is there to speak, and the words that they may have to spell. Nothing of what is thought of it. */
export const CaptionerView = z.strictObject({
  role: z.literal("captioner"),
  you: z.strictObject({ seatId: z.string(), name: z.string(), handRaised: z.boolean() }),
  waiting: z
    .literal(true)
    .optional()
    .describe("The host has not let them in yet, and until then they see the host alone."),
  room: z.strictObject({ title: z.string(), phase: RoomPhase, call: RoomCall.optional() }),
  people: z.array(CandidatePerson),
  ask: CandidateAsk.pick({ askId: true, number: true, prompt: true, revealed: true })
    .nullable()
    .describe("What stands on the candidate's page of the open question."),
});
export type CaptionerView = z.infer<typeof CaptionerView>;

interface Source {
  readonly state: RoomState;
  readonly seat: Seat;
}

export const captionerView = (state: RoomState, seat: Seat): CaptionerView => build({ state, seat });

const build = cachedWhile(
  ({ seat }: Source) => seat,
  ({ state }) => {
    const round = currentRound(state);
    return [
      ...[state.title, state.seats, state.observersShown, state.call],
      ...[round.roles, round.phase, shownAsk(state)?.question, shownAsk(state)?.revealed],
    ];
  },
  ({ state, seat: { seatId, name, handRaised, admitted } }): CaptionerView => {
    const { phase } = currentRound(state);
    const about = { role: "captioner", you: { seatId, name, handRaised } } as const;
    if (!admitted) {
      const room = { title: state.title, phase: phase === "ended" ? phase : ("lobby" as const) };
      const people = hostPerson(state).map(({ seatId: id, name: called, role }) => ({
        seatId: id,
        name: called,
        role,
      }));
      return { ...about, waiting: true, room, people, ask: null };
    }
    const ask = shownAsk(state);
    return {
      ...about,
      room: { title: state.title, phase, ...roomCall(state) },
      people: state.observersShown ? heardPeopleWithObservers(state) : heardPeople(state),
      ask: ask ? asked(ask) : null,
    };
  },
);

const shownAsk = (state: RoomState) => openAsk(currentRound(state));

function asked(ask: Parameters<typeof candidateAsk>[0]): CaptionerView["ask"] {
  const { askId, number, prompt, revealed } = candidateAsk(ask);
  return { askId, number, prompt, revealed };
}
