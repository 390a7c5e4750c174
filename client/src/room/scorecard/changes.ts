import type { Criterion, Level } from "@whetstone/shared/bank";
import type { Confidence, Recommendation } from "@whetstone/shared/room/scorecard/commands";
import { ratingKey } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { JudgementView, NoteView } from "@whetstone/shared/room/view/scorecards";

/** One thing in which a version of a scorecard differs from the one before it. */
export type Change =
  | { readonly kind: "recommendation"; readonly before: Recommendation | null; readonly after: Recommendation | null }
  | { readonly kind: "confidence"; readonly before: Confidence | null; readonly after: Confidence | null }
  | { readonly kind: "summary"; readonly before: string; readonly after: string }
  | {
      readonly kind: "rating";
      readonly ask: PanelAsk;
      readonly criterion: Criterion;
      readonly before: Level | null;
      readonly after: Level | null;
    }
  | {
      readonly kind: "note";
      readonly ask: PanelAsk | null;
      readonly before: NoteView | null;
      readonly after: NoteView | null;
    }
  | { readonly kind: "keyPoint"; readonly ask: PanelAsk; readonly text: string; readonly heard: boolean };

const NOTHING: JudgementView = {
  ratings: {},
  heard: {},
  notes: [],
  summary: "",
  recommendation: null,
  confidence: null,
};

/**
 * What `after` says that `before` did not, and the other way round: first the verdict, then ratings, notes and key points,
 * each in the order of the interview. Without a `before` it is all that `after` says.
 */
export function changesBetween(
  before: JudgementView | null,
  after: JudgementView,
  asks: readonly PanelAsk[],
): readonly Change[] {
  const earlier = before ?? NOTHING;
  return [
    ...verdictChanges(earlier, after),
    ...asks.flatMap((ask) => ratingChanges(earlier, after, ask)),
    ...noteChanges(earlier, after, asks),
    ...asks.flatMap((ask) => keyPointChanges(earlier, after, ask)),
  ];
}

function verdictChanges(before: JudgementView, after: JudgementView): Change[] {
  const changes: Change[] = [];
  if (before.recommendation !== after.recommendation) {
    changes.push({ kind: "recommendation", before: before.recommendation, after: after.recommendation });
  }
  if (before.confidence !== after.confidence) {
    changes.push({ kind: "confidence", before: before.confidence, after: after.confidence });
  }
  const [was, is] = [before.summary.trim(), after.summary.trim()];
  if (was !== is) changes.push({ kind: "summary", before: was, after: is });
  return changes;
}

function ratingChanges(before: JudgementView, after: JudgementView, ask: PanelAsk): Change[] {
  return ask.question.criteria.flatMap((criterion): Change[] => {
    const key = ratingKey(ask.askId, criterion.id);
    const [was, is] = [before.ratings[key] ?? null, after.ratings[key] ?? null];
    return was === is ? [] : [{ kind: "rating", ask, criterion, before: was, after: is }];
  });
}

function noteChanges(before: JudgementView, after: JudgementView, asks: readonly PanelAsk[]): Change[] {
  const were = written(before);
  const are = written(after);
  const kept = are.map((note) => ({ before: were.find(({ noteId }) => noteId === note.noteId) ?? null, after: note }));
  const removed = were
    .filter(({ noteId }) => !are.some((note) => note.noteId === noteId))
    .map((note) => ({ before: note, after: null }));
  return [...kept, ...removed]
    .filter(({ before: was, after: is }) => !was || !is || !isSameNote(was, is))
    .map((pair) => {
      const askId = (pair.after ?? pair.before)?.askId ?? null;
      return { kind: "note", ask: asks.find((ask) => ask.askId === askId) ?? null, ...pair };
    });
}

const written = ({ notes }: JudgementView): NoteView[] => notes.filter(({ text }) => text.trim() !== "");

const isSameNote = (one: NoteView, other: NoteView): boolean =>
  one.text.trim() === other.text.trim() && one.mark === other.mark && one.evidenceFor === other.evidenceFor;

function keyPointChanges(before: JudgementView, after: JudgementView, ask: PanelAsk): Change[] {
  const [were, are] = [before.heard[ask.askId] ?? [], after.heard[ask.askId] ?? []];
  return ask.question.strongAnswer.flatMap((text, index): Change[] => {
    const heard = are.includes(index);
    return heard === were.includes(index) ? [] : [{ kind: "keyPoint", ask, text, heard }];
  });
}

/** A text in which one stretch was replaced: `head`, then `removed` or `added`, then `tail`. */
interface TextChange {
  readonly head: string;
  readonly removed: string;
  readonly added: string;
  readonly tail: string;
}

/** The one stretch in which two texts differ, in whole words, so that it can be read. */
export function textChange(before: string, after: string): TextChange {
  const [were, are] = [wordsOf(before), wordsOf(after)];
  const shorter = Math.min(were.length, are.length);
  let head = 0;
  while (head < shorter && were[head] === are[head]) head++;
  let tail = 0;
  while (tail < shorter - head && were.at(-1 - tail) === are.at(-1 - tail)) tail++;
  return {
    head: were.slice(0, head).join(""),
    removed: were.slice(head, were.length - tail).join(""),
    added: are.slice(head, are.length - tail).join(""),
    tail: were.slice(were.length - tail).join(""),
  };
}

/** Words and the spaces between them. */
const wordsOf = (text: string): string[] => text.split(/(\s+)/).filter((part) => part !== "");
