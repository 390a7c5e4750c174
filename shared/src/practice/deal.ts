import type { QuestionLevel } from "../bank.ts";

/**
 * Deals questions to the rounds of people who practise with each other: every round gets as many, of the same levels and for the same
 * minutes; no question is dealt twice, and nobody is dealt one that they have had.
 */

/** Whom questions are dealt to: `strangers` get none that were written in this house. */
export type Audience = "house" | "strangers";

/** What dealing looks at in a question of the bank. */
export interface Dealable {
  readonly questionId: string;
  readonly topic: string;
  readonly level: QuestionLevel;
}

export interface DealRequest {
  /** The levels to ask at, each once; in rounds they come from the easiest to the hardest. */
  readonly levels: readonly QuestionLevel[];
  /** Minutes of one round. */
  readonly minutes: number;
  /** The questions to choose from: of the wished topics, or of the kit. */
  readonly questions: readonly Dealable[];
  /** One entry a round: what whoever is asked in it has had before. */
  readonly had: readonly ReadonlySet<string>[];
  /** Numbers from 0 to below 1. */
  readonly random: () => number;
}

interface Dealt {
  readonly questionId: string;
  readonly minutes: number;
}

/** How many questions of a level are wanting, over all rounds. */
export interface Wanting {
  readonly level: QuestionLevel;
  readonly count: number;
}

/** The questions of each round, or what is wanting for that. */
export type Deal = { readonly rounds: readonly (readonly Dealt[])[] } | { readonly wanting: readonly Wanting[] };

/** Minutes of a round that are not for questions: to greet, to begin, and to thank. */
const AROUND = 4;

/** What a question of a level takes at least, in minutes. */
const LEAST: Record<QuestionLevel, number> = { foundation: 6, working: 7, advanced: 8, research: 9 };

/** By how much there is more to choose from than what is dealt, so that topics can differ. */
const VARIETY = 4;

const RANKS: Record<QuestionLevel, number> = { foundation: 0, working: 1, advanced: 2, research: 3 };

/** What every round holds: the levels of its questions in their order, and the minutes of each. */
export function slotsOf(
  levels: readonly QuestionLevel[],
  minutes: number,
): { levels: QuestionLevel[]; minutes: number } {
  const wished = [...new Set(levels)].sort((one, other) => RANKS[one] - RANKS[other]);
  const mean = wished.reduce((sum, level) => sum + LEAST[level], 0) / Math.max(1, wished.length);
  const count = Math.max(1, Math.floor((minutes - AROUND) / mean));
  const slots = Array.from({ length: count }, (_, index) => wished[Math.floor((index * wished.length) / count)]);
  return { levels: slots.flatMap((level) => level ?? []), minutes: Math.floor((minutes - AROUND) / count) };
}

export function deal({ levels, minutes, questions, had, random }: DealRequest): Deal {
  const slots = slotsOf(levels, minutes);
  const rounds = had.map((_, round) => round);
  const chosen: (Dealable | undefined)[][] = rounds.map(() => []);
  const wanting: Wanting[] = [];
  for (const level of new Set(slots.levels)) {
    const places = slots.levels.flatMap((of, place) => (of === level ? [place] : []));
    const mixed = shuffled(
      questions.filter((question) => question.level === level),
      random,
    );
    // With so many for each round that it can have all of them to itself, more would change nothing.
    const enough = places.length * rounds.length * VARIETY;
    const pool = new Set(had.flatMap((before) => firstOf(mixed, enough, ({ questionId }) => !before.has(questionId))));
    // Round by round, so that none has the first choice of everything.
    const wanted = places.flatMap((place) => shuffled(rounds, random).map((round) => ({ round, place })));
    const missing = assign(wanted, [...pool], had, chosen);
    if (missing > 0) wanting.push({ level, count: missing });
  }
  if (wanting.length > 0) return { wanting };
  return {
    rounds: chosen.map((round) =>
      round.flatMap((question) => (question ? { questionId: question.questionId, minutes: slots.minutes } : [])),
    ),
  };
}

/** Another question for the place of one that was dealt: of its level, dealt to nobody and not had by whoever is asked; null where there is none. */
export function another(
  {
    level,
    questions,
    had,
    dealt,
  }: {
    readonly level: QuestionLevel;
    readonly questions: readonly Dealable[];
    readonly had: ReadonlySet<string>;
    readonly dealt: ReadonlySet<string>;
  },
  random: () => number,
): Dealable | null {
  const free = questions.filter(
    ({ questionId, level: of }) => of === level && !had.has(questionId) && !dealt.has(questionId),
  );
  return free[Math.floor(random() * free.length)] ?? null;
}

interface Place {
  readonly round: number;
  readonly place: number;
}

/**
 * Gives every place a question of its own that its round may have, with the round's topics as different as they can be, and tells how
 * many places are left without. What one place could have and another needs moves on (augmenting paths: H. W. Kuhn, "The Hungarian method
 * for the assignment problem", 1955, for places and questions that fit or do not), so that nothing is called wanting that is not.
 */
function assign(
  wanted: readonly Place[],
  pool: readonly Dealable[],
  had: readonly ReadonlySet<string>[],
  chosen: (Dealable | undefined)[][],
): number {
  const holderOf = new Map<Dealable, Place>();
  let missing = 0;
  for (const place of wanted) if (!seat(place, new Set())) missing += 1;
  return missing;

  function seat(place: Place, tried: Set<Dealable>): boolean {
    for (const question of preferred(place)) {
      if (tried.has(question)) continue;
      tried.add(question);
      const holder = holderOf.get(question);
      if (holder && !seat(holder, tried)) continue;
      holderOf.set(question, place);
      const round = chosen[place.round];
      if (round) round[place.place] = question;
      return true;
    }
    return false;
  }

  /** What a round may have: free ones of a topic that it has not yet before others, and those before what somebody else holds. */
  function preferred({ round }: Place): Dealable[] {
    const topics = new Set(chosen[round]?.flatMap((question) => question?.topic ?? []));
    const rank = (question: Dealable) => (holderOf.has(question) ? 2 : topics.has(question.topic) ? 1 : 0);
    return pool.filter(({ questionId }) => !had[round]?.has(questionId)).sort((one, other) => rank(one) - rank(other));
  }
}

function firstOf<T>(entries: readonly T[], most: number, fits: (entry: T) => boolean): T[] {
  const found: T[] = [];
  for (const entry of entries) {
    if (found.length === most) break;
    if (fits(entry)) found.push(entry);
  }
  return found;
}

/** The entries in an order of chance (R. A. Fisher and F. Yates, as by R. Durstenfeld 1964). */
function shuffled<T>(entries: readonly T[], random: () => number): T[] {
  const mixed = [...entries];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [one, two] = [mixed[last], mixed[other]];
    if (one === undefined || two === undefined) continue;
    mixed[last] = two;
    mixed[other] = one;
  }
  return mixed;
}
