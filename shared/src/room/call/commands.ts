import { z } from "zod";
import { LIMITS } from "../limits.ts";

const ADDRESS = /^https:\/\/[^\s<>"]+$/;

/** The address of a meeting in another tool. */
export const Meeting = z.string().max(LIMITS.meeting).regex(ADDRESS, "an address that begins with https://");

export const callCommands = [
  z.strictObject({
    type: z.literal("setMeeting"),
    url: Meeting.nullable().describe("Where people meet instead of in the room's own call; null for in that."),
  }),
  z.strictObject({
    type: z.literal("letShare"),
    candidate: z.boolean().describe("Whether the candidate may share their screen."),
  }),
] as const;
