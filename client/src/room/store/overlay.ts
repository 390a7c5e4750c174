import type { Command } from "@whetstone/shared/room/command";
import { ratingKey } from "@whetstone/shared/room/state";
import type { CandidateView, NoteView, PanelView, ScorecardView, View } from "@whetstone/shared/room/view";

/**
 * The view as its owner means it: the server's, with their own commands that it has not acknowledged yet. Covers what one writes oneself
 * (answer, scorecard, hand); what moves the room waits for the server.
 */
export function withUnsaved(view: View, commands: readonly Command[]): View {
  switch (view.role) {
    case "candidate":
      return commands.reduce(candidateWith, view);
    case "host":
    case "interviewer":
      return commands.reduce(panelWith, view);
    case "observer":
      return view;
    default:
      return view satisfies never;
  }
}

function candidateWith(view: CandidateView, command: Command): CandidateView {
  switch (command.type) {
    case "writeAnswer":
      return view.ask?.askId === command.askId ? { ...view, ask: { ...view.ask, answer: command.text } } : view;
    case "raiseHand":
    case "lowerHand":
      return { ...view, you: { ...view.you, handRaised: command.type === "raiseHand" } };
    default:
      return view;
  }
}

function panelWith<V extends PanelView>(view: V, command: Command): V {
  if (command.type === "writeFeedback" && view.role === "host") {
    return { ...view, feedback: { ...view.feedback, draft: command.feedback } };
  }
  const scorecard = scorecardWith(view, command);
  return scorecard === view.scorecard ? view : { ...view, scorecard };
}

function scorecardWith({ scorecard, timer }: PanelView, command: Command): ScorecardView {
  switch (command.type) {
    case "rate": {
      const { [ratingKey(command.askId, command.criterionId)]: _, ...others } = scorecard.ratings;
      const { level } = command;
      const ratings = level === null ? others : { ...others, [ratingKey(command.askId, command.criterionId)]: level };
      return { ...scorecard, ratings };
    }
    case "tick": {
      const { [command.askId]: known = [], ...ofOthers } = scorecard.heard;
      const others = known.filter((index) => index !== command.keyPoint);
      const heard = command.heard ? [...others, command.keyPoint].sort((a, b) => a - b) : others;
      return { ...scorecard, heard: heard.length > 0 ? { ...ofOthers, [command.askId]: heard } : ofOthers };
    }
    case "writeNote":
      return { ...scorecard, notes: notesWith(scorecard.notes, command, timer) };
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

function notesWith(
  notes: readonly NoteView[],
  { noteId, askId, text, mark, evidenceFor }: Extract<Command, { type: "writeNote" }>,
  timer: PanelView["timer"],
): NoteView[] {
  const written = { noteId, askId, text, mark, evidenceFor };
  const known = notes.some((note) => note.noteId === noteId);
  if (known) return notes.map((note) => (note.noteId === noteId ? { ...note, ...written } : note));
  // Its moment is the server's to say; until then the list shows it last.
  return [...notes, { ...written, at: 0, elapsedMs: timer.kind === "idle" ? 0 : Number.NaN }];
}
