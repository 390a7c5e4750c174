import type { Playback } from "@whetstone/shared/room/view/playback";
import type { MarkedFact } from "@whetstone/shared/room/workspace/marks";
import type { Moment } from "@whetstone/shared/workspace/playback/history";
import { lengthText } from "../../words.ts";

/** Something that happened while a document was written, beside what was written. `atMs` is in milliseconds since 1970. */
export interface Tick {
  readonly atMs: number;
  readonly label: string;
  readonly kind: MarkedFact["kind"];
}

/** Everything that stands on the slider of a playback. */
export const ticksOf = ({ marks, candidateId }: Playback, moments: readonly Moment[]): Tick[] =>
  marks
    .map((fact) =>
      tickOf(
        fact,
        moments.filter(({ seatId }) => seatId === candidateId),
      ),
    )
    .sort((one, other) => one.atMs - other.atMs);

/** By how much what is told of a paste may be behind the paste itself, in milliseconds. */
const BEHIND_MS = 1_000;

/** `moments` are those of the candidate. A paste stands where it came to the text, which may be long after it was made without a network. */
function tickOf(fact: MarkedFact, moments: readonly Moment[]): Tick {
  const { at, kind } = fact;
  if (kind === "away")
    return { atMs: at, kind, label: fact.ms === null ? "Left the page" : `Away for ${lengthText(fact.ms)}` };
  const { characters } = fact;
  const came = moments.find((moment) => moment.at >= at - BEHIND_MS && largest(moment) >= characters);
  return { atMs: came?.at ?? at, kind, label: `Pasted ${characters.toLocaleString("en")} characters` };
}

const largest = ({ splices }: Moment): number => Math.max(0, ...splices.map(({ insert }) => insert.length));
