/**
 * What somebody who has never interviewed says or does next, while they ask in a round of peers. It follows the clock and what has
 * happened. All durations are in milliseconds of the round's running time, which stands still while it is paused; what is not known is
 * null, and no number that is wrong leads to more than a harmless line.
 */

/** What the person can say about how it goes. */
export const SITUATIONS = ["silent", "wrongTrack", "doneEarly", "late"] as const;
export type Situation = (typeof SITUATIONS)[number];

export interface ScriptFacts {
  readonly course: "ahead" | "running" | "paused" | "over";
  /** Since the round began. */
  readonly goneMs: number | null;
  /** Until the round ends. */
  readonly leftMs: number | null;
  readonly asked: number;
  /** The minutes of the planned questions that were not asked yet, in their order. */
  readonly toAsk: readonly number[];
  /** Criteria that have no rating, of the questions that are closed. */
  readonly unrated: number;
  readonly open: OpenFacts | null;
  /** What the person said last, where it was about the question that is open now. */
  readonly said: { readonly situation: Situation; readonly agoMs: number } | null;
}

/** The question that is open. */
export interface OpenFacts {
  readonly openMs: number | null;
  /** Until its own time is over; below zero beyond it. */
  readonly leftMs: number | null;
  /** How long it takes to read it aloud. */
  readonly readingMs: number;
  readonly hasWritten: boolean;
  /** Since the answer sheet was seen to change, or was seen first. */
  readonly quietMs: number | null;
  /** By hint, whether it is revealed. */
  readonly hints: readonly boolean[];
  readonly followUps: readonly boolean[];
  /** Since a hint or a follow-up was revealed last. */
  readonly sinceRevealMs: number | null;
  readonly keyPoints: number;
  readonly heard: number;
  /** Criteria that have no rating. */
  readonly unrated: number;
}

/** What to say or do. Hints and follow-ups are named by their index, all of them not revealed yet. */
export type ScriptLine =
  | { readonly kind: "ahead" | "askFirst" | "paused" | "over" }
  | { readonly kind: "greet"; readonly questions: number }
  | { readonly kind: "readAloud" }
  | { readonly kind: "letThink"; readonly quietMinutes: number; readonly afterReveal: boolean }
  | { readonly kind: "listen"; readonly heard: number; readonly keyPoints: number }
  | { readonly kind: "encourage" | "bringBack"; readonly hint: number | null }
  | {
      readonly kind: "offerHint";
      readonly index: number;
      readonly why: "quiet" | "fewPoints";
      readonly quietMinutes: number;
    }
  | { readonly kind: "askFollowUp"; readonly index: number; readonly why: "allHeard" | "saidDone" | "quiet" }
  | {
      readonly kind: "nextQuestion";
      readonly why: "timeOver" | "allHeard" | "saidDone" | "stuck" | "closed";
      readonly left: number;
      readonly unrated: number;
    }
  | {
      readonly kind: "runningLate";
      readonly isOpen: boolean;
      readonly left: number;
      /** How many of those that are left do not fit any more. */
      readonly drop: number;
    }
  | { readonly kind: "lastWords" | "twoMinutesLeft" | "thank"; readonly unrated: number };

export interface Script {
  readonly line: ScriptLine;
  /** What would do as well. */
  readonly instead: ScriptLine | null;
  /** The situation that the line answers. */
  readonly answers: Situation | null;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How long a greeting may take. */
const GREETING = 75 * SECOND;
/** When nothing written is a silence, and when it is a long one, after which a hint is kind. */
const SILENCE = 45 * SECOND;
const LONG_SILENCE = 2.5 * MINUTE;
/** After which it will not go on by itself, where nothing is left to help with. */
const STUCK = 4 * MINUTE;
/** How far beyond its time a question takes that of the others. */
const TOO_LONG = 2 * MINUTE;
/** Below which no question is begun. */
const SHORTEST = 4 * MINUTE;
const FOLLOWING_UP = 1.5 * MINUTE;
const TWO_MINUTES = 2 * MINUTE;
const THANKS = 30 * SECOND;
/** How long what the person said of the situation holds, where nothing happens. */
const SAID = 1.5 * MINUTE;
/** The part of its minutes in which a question can be asked in haste. */
const HASTE = 0.6;

export function scriptFor(facts: ScriptFacts): Script {
  switch (facts.course) {
    case "ahead":
    case "paused":
    case "over":
      return { line: { kind: facts.course }, instead: null, answers: null };
    case "running":
      return running(facts);
    default:
      return facts.course satisfies never;
  }
}

function running(facts: ScriptFacts): Script {
  const { leftMs, open } = facts;
  const unrated = facts.unrated + (open?.unrated ?? 0);
  if (leftMs !== null && leftMs <= THANKS) return { line: { kind: "thank", unrated }, instead: null, answers: null };
  const said = saidOf(facts);
  if (said) {
    const line = answerTo(said, facts);
    return { line, instead: insteadOf(line, facts), answers: said };
  }
  if (isTwoMinutesLeft(facts)) {
    return { line: { kind: "twoMinutesLeft", unrated }, instead: null, answers: null };
  }
  const line = open ? whileOpen(facts, open) : between(facts);
  return { line, instead: insteadOf(line, facts), answers: null };
}

/** Whether the round has two minutes left at most, and more than what it takes to thank. */
const isTwoMinutesLeft = ({ course, leftMs }: Pick<ScriptFacts, "course" | "leftMs">): boolean =>
  course === "running" && leftMs !== null && leftMs > THANKS && leftMs <= TWO_MINUTES;

/** What the person said, until something has come of it. */
function saidOf({ said, open }: ScriptFacts): Situation | null {
  if (!said || !(said.agoMs < SAID)) return null;
  if (said.situation === "late") return "late";
  if (!open || isLess(open.sinceRevealMs, said.agoMs)) return null;
  if (said.situation === "silent" && isLess(open.quietMs, said.agoMs)) return null;
  return said.situation;
}

function answerTo(situation: Situation, facts: ScriptFacts): ScriptLine {
  const { open } = facts;
  const hint = open ? firstNot(open.hints) : null;
  switch (situation) {
    case "silent":
      return { kind: "encourage", hint };
    case "wrongTrack":
      return { kind: "bringBack", hint };
    case "doneEarly":
      return (open && followUp(open, "saidDone")) ?? onwards(facts, "saidDone");
    case "late":
      return late(facts);
    default:
      return situation satisfies never;
  }
}

function between(facts: ScriptFacts): ScriptLine {
  const { asked, toAsk, goneMs } = facts;
  if (asked > 0 || toAsk.length === 0) return onwards(facts, "closed");
  return goneMs !== null && goneMs >= GREETING ? { kind: "askFirst" } : { kind: "greet", questions: toAsk.length };
}

function whileOpen(facts: ScriptFacts, open: OpenFacts): ScriptLine {
  const { leftMs, quietMs } = open;
  const isQuiet = isAtLeast(quietMs, SILENCE);
  // Where nothing waits behind it, nobody is cut short while they write.
  if (leftMs !== null && leftMs <= 0 && (mayGoOn(facts) || isQuiet)) {
    return leftMs <= -TOO_LONG && mayGoOn(facts) ? late(facts) : onwards(facts, "timeOver");
  }
  if (isQuiet && open.keyPoints > 0 && open.heard >= open.keyPoints) {
    return followUp(open, "allHeard") ?? onwards(facts, "allHeard");
  }
  const isFresh = open.openMs !== null && open.openMs < open.readingMs;
  if (isFresh && !open.hasWritten && open.sinceRevealMs === null) return { kind: "readAloud" };
  return helping(facts, open) ?? waiting(open, isQuiet);
}

/** Help for whoever does not come further, or null where they need none yet. */
function helping(facts: ScriptFacts, open: OpenFacts): ScriptLine | null {
  const { quietMs, sinceRevealMs } = open;
  const isHelped = sinceRevealMs !== null && !isAtLeast(sinceRevealMs, LONG_SILENCE);
  if (isHelped) return null;
  const index = firstNot(open.hints);
  const isLongQuiet = isAtLeast(quietMs, LONG_SILENCE);
  if (index !== null) {
    const why = isLongQuiet ? "quiet" : hasFewPoints(open) ? "fewPoints" : null;
    return why && { kind: "offerHint", index, why, quietMinutes: wholeMinutes(quietMs) };
  }
  if (!isAtLeast(quietMs, STUCK)) return null;
  return followUp(open, "quiet") ?? (mayGoOn(facts) ? onwards(facts, "stuck") : null);
}

/** Whether most of the time is gone and less than half was heard, by somebody who ticks what they hear. */
function hasFewPoints({ openMs, leftMs, quietMs, heard, keyPoints }: OpenFacts): boolean {
  if (openMs === null || leftMs === null) return false;
  const isMostlyGone = openMs > 1.5 * leftMs;
  return isMostlyGone && heard > 0 && heard * 2 < keyPoints && isAtLeast(quietMs, MINUTE);
}

function waiting({ quietMs, sinceRevealMs, heard, keyPoints }: OpenFacts, isQuiet: boolean): ScriptLine {
  const afterReveal = isLess(sinceRevealMs, SILENCE);
  return isQuiet || afterReveal
    ? { kind: "letThink", quietMinutes: wholeMinutes(quietMs), afterReveal }
    : { kind: "listen", heard, keyPoints };
}

/** The next follow-up, where there is one and time for it. */
function followUp(
  open: OpenFacts,
  why: Extract<ScriptLine, { kind: "askFollowUp" }>["why"],
): Extract<ScriptLine, { kind: "askFollowUp" }> | null {
  const index = firstNot(open.followUps);
  const hasTime = open.leftMs === null || open.leftMs >= FOLLOWING_UP;
  return index !== null && hasTime ? { kind: "askFollowUp", index, why } : null;
}

/** The next question, or the last words where there is none or no time for it. */
function onwards(facts: ScriptFacts, why: Extract<ScriptLine, { kind: "nextQuestion" }>["why"]): ScriptLine {
  const unrated = facts.unrated + (facts.open?.unrated ?? 0);
  return mayGoOn(facts)
    ? { kind: "nextQuestion", why, left: facts.toAsk.length, unrated }
    : { kind: "lastWords", unrated };
}

const mayGoOn = ({ toAsk, leftMs }: ScriptFacts): boolean =>
  toAsk.length > 0 && (leftMs === null || leftMs >= SHORTEST);

function late({ toAsk, leftMs, open }: ScriptFacts): ScriptLine {
  const left = toAsk.length;
  const drop = leftMs === null ? 0 : left - fitting(toAsk, leftMs - TWO_MINUTES);
  return { kind: "runningLate", isOpen: open !== null, left, drop };
}

/** How many of the questions fit into the time when each is asked in haste. */
function fitting(minutes: readonly number[], timeMs: number): number {
  let rest = timeMs;
  const first = minutes.findIndex((each) => {
    rest -= each * MINUTE * HASTE;
    return !(rest >= 0);
  });
  return first === -1 ? minutes.length : first;
}

function insteadOf(line: ScriptLine, facts: ScriptFacts): ScriptLine | null {
  const { open } = facts;
  switch (line.kind) {
    case "greet":
      return { kind: "askFirst" };
    case "letThink":
      return line.quietMinutes > 0 && open ? { kind: "encourage", hint: firstNot(open.hints) } : null;
    case "offerHint":
      return { kind: "encourage", hint: line.index };
    case "askFollowUp":
      return onwards(facts, line.why === "quiet" ? "stuck" : line.why);
    case "nextQuestion":
    case "lastWords":
      return open && followUp(open, "saidDone");
    default:
      return null;
  }
}

const firstNot = (revealed: readonly boolean[]): number | null => {
  const index = revealed.indexOf(false);
  return index < 0 ? null : index;
};

const isAtLeast = (duration: number | null, least: number): boolean => duration !== null && duration >= least;
const isLess = (duration: number | null, most: number): boolean => duration !== null && duration < most;

const wholeMinutes = (duration: number | null): number =>
  duration !== null && Number.isFinite(duration) ? Math.max(0, Math.floor(duration / MINUTE)) : 0;
