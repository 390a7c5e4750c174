import { writtenOnto } from "../../merge.ts";
import { spliceBetween } from "../../text.ts";
import type { Command, Unsaved } from "../command.ts";
import { elapsedOn } from "../course/timer.ts";
import type { Ground } from "../ground.ts";
import type { NoteView, ScorecardView } from "../view/scorecards.ts";
import type { PanelView } from "../view/view.ts";
import { isAsRead, noteAfter, noteOnto, withRating, withTick } from "./state.ts";

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
      return {
        ...scorecard,
        notes: scorecard.notes.filter((note) => note.noteId !== command.noteId || !isAsRead(note, command.base)),
      };
    case "writeSummary":
      return { ...scorecard, summary: writtenOnto(scorecard.summary, command) };
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
  written: Parameters<typeof noteAfter>[1] & Parameters<typeof noteOnto>[1],
  begun: Pick<NoteView, "at" | "elapsedMs">,
): NoteView[] {
  const before = notes.find(({ noteId }) => noteId === written.noteId);
  const note = noteAfter(before, { ...written, ...noteOnto(before, written) }, begun);
  return before ? notes.map((other) => (other === before ? note : other)) : [...notes, note];
}

/** What is written into a scorecard, with what it was written on. */
export function scorecardOnGround({ scorecard }: PanelView, command: Command, ground: Ground): Command {
  const base = (written: string, shown: string) => spliceBetween(written, ground.text(written, shown));
  switch (command.type) {
    case "writeSummary":
      return { ...command, base: base(command.text, scorecard.summary) };
    case "writeNote": {
      const note = scorecard.notes.find(({ noteId }) => noteId === command.noteId);
      if (!note) return command;
      const { text, mark, evidenceFor } = note;
      return { ...command, base: base(command.text, text), baseSigns: { mark, evidenceFor } };
    }
    case "removeNote": {
      const note = scorecard.notes.find(({ noteId }) => noteId === command.noteId);
      return note ? { ...command, base: note.text } : command;
    }
    default:
      return command;
  }
}
