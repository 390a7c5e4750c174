import type { z } from "zod";
import { ANYTIME, accept, HOST, type SeatRules } from "../rule.ts";
import type { callCommands } from "./commands.ts";

type Command = z.infer<(typeof callCommands)[number]>;

export const callRules: SeatRules<Command> = {
  setMeeting: {
    by: HOST,
    during: ANYTIME,
    decide: ({ state, seat }, { url }) =>
      state.call.meeting === url ? accept() : accept({ type: "meetingSet", seatId: seat.seatId, url }),
  },
  letShare: {
    by: HOST,
    during: ANYTIME,
    decide: ({ state }, { candidate }) =>
      state.call.candidateShares === candidate ? accept() : accept({ type: "sharingLet", candidate }),
  },
};
