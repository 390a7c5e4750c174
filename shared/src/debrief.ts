import { COMMUNICATION, type Competency, type Criterion, type Level } from "./bank.ts";
import type { PlanItem } from "./room/course/commands.ts";
import { ratingKey } from "./room/scorecard/state.ts";
import type { PanelAsk } from "./room/view/asks.ts";
import type { JudgementView, NoteView, VersionView } from "./room/view/scorecards.ts";
import type { PanelView } from "./room/view/view.ts";
import { asksOfRound, notesBehind, rateable } from "./scorecard.ts";

/**
 * What a panel talks about when the scorecards are open: where it differs and why. Made from one seat's view and from nothing else, so it
 * holds nothing that this seat could not read anyway.
 */
export interface Debrief {
  /** Whose scorecards are open to the viewer, their own first. */
  readonly raters: readonly DebriefRater[];
  /** Every criterion of every ask, those that the panel differs on most first. */
  readonly rows: readonly DebriefRow[];
  readonly competencies: readonly DebriefCompetency[];
  /** The panel's overall score, 1 to 4: the mean of its raters'; null where nobody rated anything. */
  readonly overall: number | null;
  readonly pairs: readonly DebriefPair[];
  readonly strengths: readonly DebriefNote[];
  readonly concerns: readonly DebriefNote[];
  /** Criteria that no rater rated. */
  readonly unrated: readonly { readonly ask: PanelAsk; readonly criterion: Criterion }[];
  readonly course: Course;
}

export interface DebriefRater {
  readonly seatId: string;
  readonly name: string;
  readonly own: boolean;
  /** What holds: the version that was submitted last. */
  readonly current: VersionView;
  /** All of them, the first one first. */
  readonly versions: readonly VersionView[];
  /** The weighted mean of their competencies' scores, 1 to 4; null where they rated nothing. */
  readonly overall: number | null;
}

interface DebriefCell {
  readonly seatId: string;
  readonly level: Level | null;
  readonly notes: readonly NoteView[];
}

export interface DebriefRow {
  readonly ask: PanelAsk;
  readonly criterion: Criterion;
  readonly competencies: readonly string[];
  /** One for each rater, in their order. */
  readonly cells: readonly DebriefCell[];
  /** Levels between the highest and the lowest rating; null with fewer than two. */
  readonly spread: number | null;
}

interface DebriefCompetency extends Competency {
  /** The mean of the raters' scores, 1 to 4; null where nobody rated it. */
  readonly score: number | null;
  /** One for each rater, in their order: the mean of their levels. */
  readonly byRater: readonly (number | null)[];
  /** How many ratings of all raters are at level 1, 2, 3 and 4. */
  readonly distribution: readonly [number, number, number, number];
}

/** How two raters compare on what both of them rated. */
export interface DebriefPair {
  readonly one: string;
  readonly other: string;
  readonly shared: number;
  /** The mean difference in levels, without its sign. */
  readonly apart: number;
  /** The mean of `one` less `other`, in levels. */
  readonly leaning: number;
  /** The share of equal levels, 0 to 1. */
  readonly equal: number;
}

interface DebriefNote {
  readonly rater: DebriefRater;
  readonly note: NoteView;
  readonly ask: PanelAsk | null;
}

/** How the interview went beside what was planned for it. */
export interface Course {
  readonly plannedMs: number;
  readonly usedMs: number;
  readonly asks: readonly { readonly ask: PanelAsk; readonly budgetMs: number; readonly usedMs: number }[];
  readonly notAsked: readonly PlanItem[];
  readonly added: readonly PanelAsk[];
  readonly outOfOrder: readonly PanelAsk[];
}

const MINUTE_MS = 60_000;
const NO_TOPIC = "Other questions";

/** The debrief as one seat may see it, or null while the room's policy keeps it closed to them. */
export function debriefOf(view: PanelView): Debrief | null {
  if (!view.debriefOpen) return null;
  const rows = rateable(asksOfRound(view));
  const submitted = [
    { seatId: view.you.seatId, name: view.you.name, own: true, versions: view.scorecard.versions },
    ...view.others.map(({ seatId, name, versions }) => ({ seatId, name, own: false, versions })),
  ].flatMap((rater) => {
    const current = rater.versions.at(-1);
    return current ? [{ ...rater, current }] : [];
  });

  const competencies = competenciesOfRound(view, rows).map(({ rows: own, ...competency }): DebriefCompetency => {
    const byRater = submitted.map((rater) => mean(levelsIn(rater.current, own)));
    const levels = submitted.flatMap((rater) => levelsIn(rater.current, own));
    const count = (level: Level) => levels.filter((other) => other === level).length;
    return {
      ...competency,
      byRater,
      score: mean(known(byRater)),
      distribution: [count(1), count(2), count(3), count(4)],
    };
  });
  const raters = submitted.map(
    (rater, index): DebriefRater => ({
      ...rater,
      overall: weightedMean(competencies, ({ byRater }) => byRater[index]),
    }),
  );
  const compared = rows.map((row) => rowOf(row, raters, competencyNames(view, row)));
  return {
    raters,
    rows: compared.toSorted(byDisagreement),
    competencies,
    overall: mean(known(raters.map(({ overall }) => overall))),
    pairs: pairsOf(raters, compared),
    strengths: marked(view, raters, "strength"),
    concerns: marked(view, raters, "concern"),
    unrated: compared.filter(({ cells }) => cells.every(({ level }) => level === null)),
    course: courseOf(view),
  };
}

/** How one's own ratings add up so far, by competency: open to their owner at any time. */
export interface Rollup {
  readonly competencies: readonly (Competency & {
    /** The mean level, 1 to 4; null where nothing is rated. */
    readonly score: number | null;
    readonly rated: number;
    /** How many criteria count to it. */
    readonly of: number;
  })[];
  readonly overall: number | null;
}

export function ownRollup(view: PanelView): Rollup {
  const competencies = competenciesOfRound(view, rateable(asksOfRound(view))).map(({ rows, ...competency }) => {
    const levels = levelsIn(view.scorecard, rows);
    return { ...competency, score: mean(levels), rated: levels.length, of: rows.length };
  });
  return { competencies, overall: weightedMean(competencies, ({ score }) => score) };
}

/** The course of an interview that is over, beside everything that was planned for it. */
export function courseOf(view: PanelView): Course {
  const { timer } = view;
  const asks = asksOfRound(view);
  const plan = plannedIn(view);
  return {
    plannedMs: timer.totalMs,
    usedMs: timer.kind === "stopped" ? timer.totalMs - timer.remainingMs : 0,
    asks: asks.map((ask) => ({ ask, budgetMs: ask.minutes * MINUTE_MS, usedMs: ask.closedMs })),
    notAsked: plan.filter((item) => !asks.some((ask) => isOf(ask, item))),
    added: plan.length === 0 ? [] : asks.filter((ask) => !plan.some((item) => isOf(ask, item))),
    outOfOrder: asks.filter(({ deviation }) => deviation === "out_of_order"),
  };
}

/** Whether an ask is a plan's item, however it came to be asked. */
export const isOf = (ask: PanelAsk, { itemId, questionId }: PlanItem): boolean =>
  ask.planItemId === itemId || ask.question.bankId === questionId;

/** The kit's questions, also those that the host took out of the plan since, and then what was added to it. */
function plannedIn({ kit, plan }: PanelView): readonly PlanItem[] {
  const ofKit = kit?.plan ?? [];
  const known = new Set(ofKit.flatMap(({ itemId, questionId }) => [itemId, questionId]));
  return [...ofKit, ...plan.filter(({ itemId, questionId }) => !known.has(itemId) && !known.has(questionId))];
}

type Row = ReturnType<typeof rateable<PanelAsk>>[number];

/**
 * What a rating counts to: the competencies of the kit that its question probes, else the question's topic. The criterion that all questions
 * of a pack share is a competency of its own.
 */
export function competencyNames(view: PanelView, { ask, criterion }: Row): readonly string[] {
  if (isShared(criterion)) return [criterion.name];
  const item = [...view.plan, ...(view.kit?.plan ?? [])].find(
    ({ itemId, questionId }) => itemId === ask.planItemId || questionId === ask.question.bankId,
  );
  return item && item.probes.length > 0 ? item.probes : [ask.question.topic ?? NO_TOPIC];
}

const isShared = ({ id }: Criterion): boolean => id === COMMUNICATION.id;

function competenciesOfRound(view: PanelView, rows: readonly Row[]): (Competency & { rows: Row[] })[] {
  const byName = new Map<string, Competency & { rows: Row[] }>();
  for (const competency of view.kit?.competencies ?? []) byName.set(competency.name, { ...competency, rows: [] });
  const add = (row: Row) => {
    for (const name of competencyNames(view, row)) {
      const known = byName.get(name) ?? { name, weight: 1, reason: null, rows: [] };
      byName.set(name, known);
      known.rows.push(row);
    }
  };
  for (const row of rows) if (!isShared(row.criterion)) add(row);
  for (const row of rows) if (isShared(row.criterion)) add(row);
  return [...byName.values()];
}

function rowOf({ ask, criterion }: Row, raters: readonly DebriefRater[], competencies: readonly string[]): DebriefRow {
  const cells = raters.map(({ seatId, current }) => ({
    seatId,
    level: current.ratings[ratingKey(ask.askId, criterion.id)] ?? null,
    notes: notesBehind(current.notes, ask.askId, criterion.id),
  }));
  const levels = known(cells.map(({ level }) => level));
  const spread = levels.length < 2 ? null : Math.max(...levels) - Math.min(...levels);
  return { ask, criterion, competencies, cells, spread };
}

/** Widest first; of equally wide rows the one in which more raters stand apart. `toSorted` keeps the order of asking otherwise. */
function byDisagreement(one: DebriefRow, other: DebriefRow): number {
  return (other.spread ?? -1) - (one.spread ?? -1) || unrest(other) - unrest(one);
}

function unrest({ cells }: DebriefRow): number {
  const levels = known(cells.map(({ level }) => level));
  const middle = mean(levels) ?? 0;
  return levels.reduce((sum, level) => sum + Math.abs(level - middle), 0);
}

function pairsOf(raters: readonly DebriefRater[], rows: readonly DebriefRow[]): DebriefPair[] {
  return raters.flatMap((one, index) =>
    raters.slice(index + 1).map((other, offset): DebriefPair => {
      const differences = rows.flatMap(({ cells }) => {
        const [a, b] = [cells[index]?.level ?? null, cells[index + 1 + offset]?.level ?? null];
        return a === null || b === null ? [] : [a - b];
      });
      return {
        one: one.seatId,
        other: other.seatId,
        shared: differences.length,
        apart: mean(differences.map(Math.abs)) ?? 0,
        leaning: mean(differences) ?? 0,
        equal: mean(differences.map((difference) => (difference === 0 ? 1 : 0))) ?? 0,
      };
    }),
  );
}

function marked(view: PanelView, raters: readonly DebriefRater[], mark: "strength" | "concern"): DebriefNote[] {
  return raters
    .flatMap((rater) =>
      rater.current.notes
        .filter((note) => note.mark === mark && note.text.trim() !== "")
        .map((note) => ({ rater, note, ask: view.asks.find(({ askId }) => askId === note.askId) ?? null })),
    )
    .sort((a, b) => a.note.at - b.note.at);
}

const levelsIn = ({ ratings }: JudgementView, rows: readonly Row[]): Level[] =>
  rows.flatMap(({ ask, criterion }) => ratings[ratingKey(ask.askId, criterion.id)] ?? []);

const known = <T>(values: readonly (T | null | undefined)[]): T[] =>
  values.filter((value): value is NonNullable<typeof value> => value !== null && value !== undefined);

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean of what `score` gives, each weighed by its competency; null where it gives nothing. */
function weightedMean<C extends Competency>(
  competencies: readonly C[],
  score: (competency: C) => number | null | undefined,
): number | null {
  let sum = 0;
  let weights = 0;
  for (const competency of competencies) {
    const value = score(competency);
    if (value === null || value === undefined) continue;
    sum += value * competency.weight;
    weights += competency.weight;
  }
  return weights === 0 ? null : sum / weights;
}

/**
 * Who scores the round and has not submitted, besides the viewer; null where the viewer may not know it. Whoever is gone is not waited for.
 */
export function unsubmitted(view: PanelView): { readonly seatId: string; readonly name: string }[] | null {
  if (!view.debriefOpen) return null;
  const known = new Set([view.you.seatId, ...view.others.map(({ seatId }) => seatId)]);
  return view.people
    .filter(
      ({ seatId, role, admitted }) => admitted && (role === "host" || role === "interviewer") && !known.has(seatId),
    )
    .map(({ seatId, name }) => ({ seatId, name }));
}
