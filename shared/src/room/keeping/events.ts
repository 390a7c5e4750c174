import { z } from "zod";
import { KeptDays } from "./commands.ts";

export const keepingEvents = [
  z.strictObject({
    type: z.literal("roomErased"),
    why: z
      .enum(["asked", "age", "restored"])
      .describe("The host asked for it, its time was over, or it was erased already and came back with a backup."),
  }),
  z.strictObject({
    type: z.literal("keptUntilSet"),
    until: z.int().nullable().describe("When it is erased by itself, in milliseconds since 1970; null for never."),
    days: KeptDays.nullable().describe("The setting that this follows from."),
  }),
] as const;
export type KeepingEvent = z.infer<(typeof keepingEvents)[number]>;
