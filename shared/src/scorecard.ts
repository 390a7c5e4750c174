import type { AskedQuestion, Criterion, Level } from "./bank.ts";
import type { Confidence, NoteMark, Recommendation } from "./room/scorecard/commands.ts";
import { ratingKey } from "./room/scorecard/state.ts";
import type { SeatRole } from "./room/seats/commands.ts";

/** What these functions need to know of an ask, whether it comes from a view or from the room's state. */
interface RatedAsk {
  readonly askId: string;
  readonly question: AskedQuestion;
}

interface RaterNote {
  readonly askId: string | null;
  readonly text: string;
  readonly mark: NoteMark | null;
  readonly evidenceFor: string | null;
}

/** What a rater says of a candidate. */
export interface Judgement {
  /** By `ratingKey(askId, criterionId)`. */
  readonly ratings: Readonly<Record<string, Level>>;
  readonly notes: readonly RaterNote[];
  readonly summary: string;
  readonly recommendation: Recommendation | null;
  readonly confidence: Confidence | null;
}

/** A criterion of an ask. */
export interface Rateable<A extends RatedAsk = RatedAsk> {
  readonly ask: A;
  readonly criterion: Criterion;
}

/** What the panel's views say of the round that they show. */
interface RoundOfView {
  readonly roundId: number;
  readonly candidateId: string | null;
}

/** The asks of the round that a view shows: what was asked of somebody who was replaced counts for nothing. */
export function asksOfRound<A extends { readonly roundId: number }>({
  asks,
  round: { roundId },
}: {
  readonly asks: readonly A[];
  readonly round: RoundOfView;
}): readonly A[] {
  return asks.every((ask) => ask.roundId === roundId) ? asks : asks.filter((ask) => ask.roundId === roundId);
}

/**
 * Who is interviewed in the round that a view shows, by name: null where that is nobody who is still seated. Until something is
 * asked it is the one who is seated.
 */
export function candidateOfRound({
  people,
  round: { candidateId },
}: {
  readonly people: readonly { readonly seatId: string; readonly name: string; readonly role: SeatRole }[];
  readonly round: RoundOfView;
}): string | null {
  const candidates = people.filter(({ role }) => role === "candidate");
  const candidate = candidateId === null ? candidates[0] : candidates.find(({ seatId }) => seatId === candidateId);
  return candidate?.name ?? null;
}

/** Everything that can be rated in these asks, in their order. */
export const rateable = <A extends RatedAsk>(asks: readonly A[]): Rateable<A>[] =>
  asks.flatMap((ask) => ask.question.criteria.map((criterion) => ({ ask, criterion })));

/**
 * A rater's notes behind a rating: those bound to it, then those on the same ask that are bound to nothing. What is bound to
 * another criterion is not evidence for this one.
 */
export function notesBehind<N extends RaterNote>(notes: readonly N[], askId: string, criterionId: string): N[] {
  const ofAsk = notes.filter((note) => note.askId === askId && note.text.trim() !== "");
  return [
    ...ofAsk.filter((note) => note.evidenceFor === criterionId),
    ...ofAsk.filter((note) => note.evidenceFor === null),
  ];
}

/** What a scorecard lacks. */
export interface Missing<A extends RatedAsk = RatedAsk> {
  readonly recommendation: boolean;
  readonly confidence: boolean;
  readonly summary: boolean;
  readonly unrated: readonly Rateable<A>[];
  /** Ratings with no note behind them. */
  readonly unsupported: readonly Rateable<A>[];
}

/** What a judgement of a round lacks, given the round's asks. */
export function missingIn<A extends RatedAsk>(asks: readonly A[], judgement: Judgement): Missing<A> {
  const { ratings, notes, summary, recommendation, confidence } = judgement;
  const all = rateable(asks);
  const isRated = ({ ask, criterion }: Rateable<A>) => ratings[ratingKey(ask.askId, criterion.id)] !== undefined;
  return {
    recommendation: recommendation === null,
    confidence: confidence === null,
    summary: summary.trim() === "",
    unrated: all.filter((pair) => !isRated(pair)),
    unsupported: all.filter(
      (pair) => isRated(pair) && notesBehind(notes, pair.ask.askId, pair.criterion.id).length === 0,
    ),
  };
}

/** Whether nothing is missing, so that a scorecard can be submitted without a reason. */
export const isComplete = ({ recommendation, confidence, summary, unrated, unsupported }: Missing): boolean =>
  !recommendation && !confidence && !summary && unrated.length === 0 && unsupported.length === 0;
