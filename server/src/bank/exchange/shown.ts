import type { ImportPlan } from "@whetstone/shared/bank-wire";
import type { Parsed, Place } from "./parsed.ts";
import { shortened } from "./phrases.ts";
import type { Plan } from "./plan.ts";
import { shownPieces } from "./shown-pieces.ts";

/** So many things that are refused, or left out, are named; nobody reads more, and the answer is not as long as what was sent. */
const MOST_NAMED = 200;
/** So many pieces of what was read are shown; what is beyond them is imported in parts by whoever wants to see all of it. */
const MOST_PIECES = 20_000;
/** How long a sentence about one may be, in UTF-16 code units, as it may repeat what was sent. */
const SENTENCE = 1_000;

/** A plan as whoever imports sees it. */
export function shown(
  { entries, refused, blocked, canLeaveOut }: Plan,
  parsed: Parsed,
  carriedOut: boolean,
): ImportPlan {
  const { passedOver } = parsed;
  const pieces = shownPieces(parsed);
  return {
    entries: entries.map(({ kind, id, title, file, line, outcome, details, lacks }) => ({
      kind,
      id,
      title,
      file,
      line,
      outcome,
      details: details.map(short),
      lacks,
    })),
    pieces: pieces.slice(0, MOST_PIECES),
    morePieces: Math.max(0, pieces.length - MOST_PIECES),
    refused: capped(
      refused.map(({ at, field, message }) => ({ ...placed(at), field: short(field), message: short(message) })),
      (count, next) => ({
        ...next,
        field: "",
        message: `and ${count} more ${count === 1 ? "thing is" : "things are"} refused`,
      }),
    ),
    passedOver: capped(
      passedOver.map(({ at, message }) => ({ ...placed(at), message: short(message) })),
      (count, next) => ({ ...next, message: `And ${count} more ${count === 1 ? "was" : "were"} left out.` }),
    ),
    blocked,
    canLeaveOut,
    carriedOut,
  };
}

const placed = ({ file, line }: Place) => ({ file, line });
const short = (text: string): string => shortened(text, SENTENCE);

/** The first of all, and how many more there are; one more is named as well as it is counted. */
function capped<T>(all: readonly T[], more: (count: number, next: T) => T): T[] {
  const next = all[MOST_NAMED];
  if (next === undefined) return [...all];
  return [...all.slice(0, MOST_NAMED), more(all.length - MOST_NAMED, next)];
}
