import { z } from "zod";
import type { RoomState } from "../state.ts";

/** How people see and hear each other in the room; each is absent where it is as in any room. */
export const RoomCall = z.strictObject({
  meeting: z.string().optional().describe("The address of a meeting in another tool, in place of the room's own call."),
  candidateSharesNot: z.literal(true).optional().describe("The candidate may not share their screen."),
});

/** Absent where nothing of it is unusual. Peers are shown their meeting with what is theirs. */
export function roomCall({ call, peers }: RoomState): { readonly call?: z.infer<typeof RoomCall> } {
  const { meeting, candidateShares } = call;
  const shown = {
    ...(meeting !== null && peers === null && { meeting }),
    ...(!candidateShares && { candidateSharesNot: true as const }),
  };
  return Object.keys(shown).length > 0 ? { call: shown } : {};
}
