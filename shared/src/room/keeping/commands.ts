import { z } from "zod";

/** Days for which a room is kept after its end. */
export const KeptDays = z.int().min(1).max(36_500);

/**
 * They come by the server's routes, or from the server itself, and never from a client: what they mean is only done when the room's key is gone
 * too.
 */
export const keepingRequests = [
  z.strictObject({ type: z.literal("erase") }),
  z.strictObject({ type: z.literal("expire") }),
  z.strictObject({
    type: z.literal("keep"),
    days: KeptDays.nullable().describe("Null for as long as nobody erases it."),
  }),
] as const;
