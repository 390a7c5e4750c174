import type { Unsaved } from "../command.ts";
import { elapsedOn } from "../course/timer.ts";
import type { NoteView, ScorecardView } from "../view/scorecards.ts";
import type { PanelView } from "../view/view.ts";
import { noteAfter, withRating, withTick } from "./state.ts";

export function scorecardUnsaved<V extends PanelView>(view: V, unsaved: Unsaved): V {
  const scorecard = changed(view, unsaved);
  return scorecard === view.scorecard ? view : { ...view, scorecard };
}

function changed({ scorecard, timer }: PanelView, { command, begunAt }: Unsaved): ScorecardView {
  switch (command.type) {
    case "rate":
      return { ...scorecard, ratings: withRating(scorecard.ratings, command) };
    case "tick":
      return { ...scorecard, heard: withTick(scorecard.heard, command) };
    case "writeNote":
      return {
        ...scorecard,
        notes: withNote(scorecard.notes, command, { at: begunAt, elapsedMs: elapsedOn(timer, begunAt) }),
      };
    case "removeNote":
      return { ...scorecard, notes: scorecard.notes.filter(({ noteId }) => noteId !== command.noteId) };
    case "writeSummary":
      return { ...scorecard, summary: command.text };
    case "recommend":
      return { ...scorecard, recommendation: command.recommendation };
    case "setConfidence":
      return { ...scorecard, confidence: command.confidence };
    default:
      return scorecard;
  }
}

function withNote(
  notes: readonly NoteView[],
  written: Omit<NoteView, "at" | "elapsedMs">,
  begun: Pick<NoteView, "at" | "elapsedMs">,
): NoteView[] {
  const before = notes.find(({ noteId }) => noteId === written.noteId);
  const note = noteAfter(before, written, begun);
  return before ? notes.map((other) => (other === before ? note : other)) : [...notes, note];
}
