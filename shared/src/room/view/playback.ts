import { z } from "zod";
import { RunFact } from "../runs/state.ts";
import { type RoomState, roundOfAsk } from "../state.ts";
import { factsOf, MarkedFact } from "../workspace/marks.ts";
import { asksReplayed } from "./asks-shown.ts";
import { view } from "./view.ts";

const at = z.int().describe("Milliseconds since 1970.");

/** What is told beside the history of an ask's document: by which its moments become the interview's time, and what was noted meanwhile. */
export const Playback = z.strictObject({
  clock: z
    .strictObject({
      startedAt: at.nullable(),
      pauses: z.array(z.strictObject({ from: at, to: at.nullable() })),
      endedAt: at.nullable(),
    })
    .describe("Of the ask's round."),
  askedAtMs: z.number().describe("Running time of the interview when it was first asked."),
  candidateId: z.string().describe("The seat that it was put to."),
  marks: z.array(MarkedFact),
  runs: z.array(RunFact).describe("Those that everybody sees."),
});
export type Playback = z.infer<typeof Playback>;

/**
 * The one place that decides who may read how an ask's document came to be: whoever is shown the ask. Null for everybody else. What quiet time
 * keeps back is for whoever reads it to ask.
 */
export function playback(state: RoomState, seatId: string, askId: string): Playback | null {
  const seen = view(state, seatId);
  const round = roundOfAsk(state, askId);
  const ask = state.rounds.flatMap(({ asks }) => asks).find((asked) => asked.askId === askId);
  if (!seen || !round || !ask || !asksReplayed(seen).has(askId)) return null;
  const { startedAt, pauses, endedAt } = round.clock;
  return {
    clock: { startedAt, pauses: pauses.map(({ from, to }) => ({ from, to })), endedAt },
    askedAtMs: ask.spans[0]?.from ?? 0,
    candidateId: ask.candidateId,
    marks: factsOf(ask.marks),
    runs: [...ask.runs],
  };
}

/** A name for each seat that wrote in such a document; it stays when they are gone. */
export const writersOf = ({ seats }: RoomState, seatIds: readonly string[]): { seatId: string; name: string }[] =>
  seatIds.map((seatId) => ({ seatId, name: seats[seatId]?.name ?? "" }));
