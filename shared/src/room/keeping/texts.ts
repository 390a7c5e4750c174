/**
 * Events are stored in two parts: what happened and to which things stands open, so that it can be counted for ever; everything that somebody
 * wrote, names and questions included, stands apart and is sealed under the room's key. A string is sealed unless this says that it
 * is open, so that a field that is added later is sealed too.
 */

/** Properties whose strings are identifiers, hashes or words from a closed list. */
const OPEN: ReadonlySet<string> = new Set([
  ...["type", "seatId", "seatIds", "linkId", "noteId", "lineId", "askId", "itemId", "planItemId", "candidateId"],
  ...["questionId", "bankId", "kitId", "criterionId", "evidenceFor", "id"],
  ...["hash", "tokenHash", "holder", "holders", "replaces"],
  ...["role", "roles", "kind", "phase", "mark", "level", "levels", "blindPolicy", "deviation", "why"],
  ...["recommendation", "confidence", "outcome", "language"],
]);
/** Nothing that reads like a sentence stands open, whatever it is called. */
const OPEN_FORM = /^[\w.:-]+$/;
const OPEN_LONGEST = 80;

/** What stands where a text was that nobody can read any more. */
const ERASED = "…";

interface Parted {
  /** The events with nothing in the place of each text. */
  readonly open: unknown;
  /** In the order in which they stand in the events. */
  readonly texts: readonly string[];
}

/** Takes the texts out of a commit's events. What has been parted is left as it is, and gives empty texts. */
export function parted(events: unknown): Parted {
  const texts: string[] = [];
  return { open: without(events, false, texts), texts };
}

function without(value: unknown, isOpen: boolean, texts: string[]): unknown {
  if (typeof value === "string") {
    if (isOpen && value.length <= OPEN_LONGEST && OPEN_FORM.test(value)) return value;
    texts.push(value);
    return "";
  }
  if (Array.isArray(value)) return value.map((item) => without(item, isOpen, texts));
  if (!isRecord(value)) return value;
  const open: Record<string, unknown> = {};
  for (const key of Object.keys(value)) open[key] = without(value[key], isOpen || OPEN.has(key), texts);
  return open;
}

/** Puts the texts back; what it gives is what was parted. Throws where they are not as many as there were. */
export function rejoined(open: unknown, texts: readonly string[]): unknown {
  const left = texts.values();
  const whole = filled(open, () => {
    const { value } = left.next();
    if (value === undefined) throw new Error("There are fewer texts than places for them.");
    return value;
  });
  if (!left.next().done) throw new Error("There are more texts than places for them.");
  return whole;
}

const OF_FEEDBACK: ReadonlySet<unknown> = new Set(["feedbackWritten", "feedbackPublished", "feedbackWithdrawn"]);

/**
 * A commit's events as they are read once the texts are gone: what was told to the candidate was nothing but text and is left out, what was
 * written is empty, and a sign stands for names and titles.
 */
export function erased(events: unknown): unknown {
  const { open } = parted(events);
  if (!Array.isArray(open)) return open;
  return open
    .filter((event: unknown) => !(isRecord(event) && OF_FEEDBACK.has(event.type)))
    .map((event: unknown) => {
      const read = filled(event, () => ERASED);
      return isRecord(read) && isRecord(read.edit) ? { ...read, edit: { at: 0, remove: 0, insert: "" } } : read;
    });
}

function filled(value: unknown, next: () => string): unknown {
  if (value === "") return next();
  if (Array.isArray(value)) return value.map((item) => filled(item, next));
  if (!isRecord(value)) return value;
  const whole: Record<string, unknown> = {};
  for (const key of Object.keys(value)) whole[key] = filled(value[key], next);
  return whole;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
