import { z } from "zod";
import { SentRun } from "../../workspace/run.ts";
import { Id } from "../id.ts";

export const runCommands = [
  z.strictObject({
    type: z.literal("keepRun"),
    askId: Id,
    run: SentRun.describe("What everybody in the room sees of it, with the tests that the candidate sees."),
  }),
  z.strictObject({
    type: z.literal("keepCheck"),
    askId: Id,
    run: SentRun.describe("What the panel alone sees, with all of the question's tests."),
  }),
] as const;
