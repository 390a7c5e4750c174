import type { Playback } from "@whetstone/shared/room/view/playback";
import type { MarkedFact } from "@whetstone/shared/room/workspace/marks";
import type { Moment } from "@whetstone/shared/workspace/playback/history";
import { lengthText, plural } from "../../words.ts";

/** Something that happened while a document was written, beside what was written. `atMs` is in milliseconds since 1970. */
export interface Tick {
  readonly atMs: number;
  readonly label: string;
  readonly kind: MarkedFact["kind"] | "run";
}

/** What is looked at of a moment; a board's has no splices. */
type Looked = Pick<Moment, "at" | "seatId"> & Partial<Pick<Moment, "splices">>;

/** Everything that stands on the slider of a playback. */
export function ticksOf({ marks, runs, candidateId }: Playback, moments: readonly Looked[]): Tick[] {
  const theirs = moments.filter(({ seatId }) => seatId === candidateId);
  const ticks = [...marks.map((fact) => tickOf(fact, theirs)), ...runs.map(runTick)];
  return ticks.sort((one, other) => one.atMs - other.atMs);
}

function runTick({ at, outcome, passed, tested }: Playback["runs"][number]): Tick {
  const tests = tested === 0 ? "" : `, ${passed} of ${plural(tested, "test")} passed`;
  return { atMs: at, kind: "run", label: `${RAN[outcome]}${tests}` };
}

const RAN: Readonly<Record<Playback["runs"][number]["outcome"], string>> = {
  ok: "Ran",
  error: "Ran, and ended by an error",
  stopped: "Ran, and was stopped",
  too_long: "Ran, and took too long",
  too_much_memory: "Ran, and needed too much memory",
  too_much_output: "Ran, and printed too much",
};

/** By how much what is told of a paste may be behind the paste itself, in milliseconds. */
const BEHIND_MS = 1_000;

/** `moments` are those of the candidate. A paste stands where it came to the text, which may be long after it was made without a network. */
function tickOf(fact: MarkedFact, moments: readonly Looked[]): Tick {
  const { at, kind } = fact;
  if (kind === "away")
    return { atMs: at, kind, label: fact.ms === null ? "Left the page" : `Away for ${lengthText(fact.ms)}` };
  const { characters } = fact;
  const came = moments.find((moment) => moment.at >= at - BEHIND_MS && largest(moment) >= characters);
  return { atMs: came?.at ?? at, kind, label: `Pasted ${characters.toLocaleString("en")} characters` };
}

const largest = ({ splices = [] }: Looked): number => Math.max(0, ...splices.map(({ insert }) => insert.length));
