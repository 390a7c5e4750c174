import { z } from "zod";
import { Run, TestOutcome } from "../../workspace/run.ts";
import type { KeptRun } from "../runs/state.ts";
import { cached } from "./cache.ts";

/** A run that is kept with an ask, as it is shown: each test by its name. */
export const ShownRun = Run.omit({ tests: true }).extend({
  seatId: z.string().describe("Who ran it, in their browser."),
  elapsedMs: z.number().describe("Running time of the interview when it ended."),
  tests: z.array(
    z.strictObject({
      name: z.string(),
      isHidden: z.boolean().describe("Whether the panel alone has this test."),
      outcome: TestOutcome,
      message: z.string(),
      line: z.int().nullable(),
    }),
  ),
});
export type ShownRun = z.infer<typeof ShownRun>;

/** A kept run as it is shown, where there is one. */
export const shownRun = cached(
  ({ seatId, elapsed, run: { tests, ...run }, given }: KeptRun): ShownRun => ({
    ...run,
    seatId,
    elapsedMs: elapsed,
    tests: tests.map((test, index) => ({
      name: given[index]?.name ?? "",
      isHidden: given[index]?.isHidden === true,
      ...test,
    })),
  }),
);
