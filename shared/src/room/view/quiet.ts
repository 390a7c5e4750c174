import { z } from "zod";
import { quietTimer, Timer } from "../course/timer.ts";
import { currentRound, type RoomState } from "../state.ts";
import { quietOf } from "../workspace/quiet.ts";

/** Quiet time as everybody sees it: the candidate works unseen, and this is for how long. Absent where there is none. */
export const QuietView = z
  .strictObject({ timer: Timer })
  .optional()
  .describe("Quiet time is under way: nobody but the candidate receives anything of the workspace until it ends.");

export function quietView(state: RoomState): { quiet?: NonNullable<z.infer<typeof QuietView>> } {
  const quiet = quietOf(state);
  return quiet ? { quiet: { timer: quietTimer(currentRound(state), quiet) } } : {};
}
