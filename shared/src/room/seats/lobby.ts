import { currentRound, type RoomState } from "../state.ts";
import type { Seat } from "./state.ts";

/**
 * Whether a candidate was moved back to the lobby and waits there: nothing of the interview is shown to them, and nothing that they wrote is
 * lost. With the interview that is over.
 */
export const isInLobby = (state: Pick<RoomState, "rounds">, { movedOut }: Seat): boolean =>
  movedOut !== null && currentRound(state).phase !== "ended";
