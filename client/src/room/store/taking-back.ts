import { titleOf } from "@whetstone/shared/question-title";
import type { Command } from "@whetstone/shared/room/command";
import { OLDEST_NOTE_MS } from "@whetstone/shared/room/scorecard/commands";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { View } from "@whetstone/shared/room/view/view";

/** What this page did last, and the command that takes it back at a moment of the server's clock (ms since 1970). */
export type Done = { readonly takesBack: (now: number) => Command } & (
  | {
      readonly what: "asked";
      readonly title: string;
      /** The text of a question that was typed here, and stands nowhere else; null where it is the bank's. */
      readonly typed: string | null;
    }
  | { readonly what: "revealed"; readonly kind: "hint" | "followUp"; readonly index: number }
  | { readonly what: "noteRemoved" }
);

/** For how long it is offered, in milliseconds. The server takes it for longer, as networks are slow. */
const OFFERED_MS = 5_000;

/** Holds what was done last for as long as taking it back is offered. */
export class TakingBack {
  readonly #changed: () => void;
  #done: Done | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get done(): Done | null {
    return this.#done;
  }

  did(done: Done | null): void {
    if (!done) return;
    clearTimeout(this.#timer);
    this.#done = done;
    this.#timer = setTimeout(() => this.over(), OFFERED_MS);
  }

  /** It was taken back, or it is too late for that. */
  readonly over = (): void => {
    clearTimeout(this.#timer);
    if (this.#done === null) return;
    this.#done = null;
    this.#changed();
  };

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Whether what was done still stands where it can be taken back: nothing is taken back of a question once the interview is over. */
export function stands({ what }: Done, view: View | null): boolean {
  const isOver = view !== null && "room" in view && view.room.phase === "ended";
  return what === "noteRemoved" || !isOver;
}

const asksIn = (view: View | null): readonly PanelAsk[] => (view && "asks" in view ? view.asks : []);

/** What can be taken back of a command that is one's own alone, given what was shown before it. */
export function doneAtOnce(command: Command, shown: View | null): Done | null {
  if (command.type !== "removeNote" || !shown || !("scorecard" in shown)) return null;
  const note = shown.scorecard.notes.find(({ noteId }) => noteId === command.noteId);
  if (!note || note.text.trim() === "") return null;
  const { noteId, askId, text, mark, evidenceFor, at, moment } = note;
  return {
    what: "noteRemoved",
    takesBack: (now) => ({
      type: "writeNote",
      noteId,
      askId,
      text,
      mark,
      evidenceFor,
      ...(moment && { moment }),
      ageMs: Math.min(OLDEST_NOTE_MS, Math.max(0, Math.round(now - at))),
    }),
  };
}

/** What can be taken back of a command that the server has carried out, given its views before and after. */
export function doneBy(command: Command, before: View | null, after: View | null): Done | null {
  switch (command.type) {
    case "push": {
      const had = asksIn(before).map(({ askId }) => askId);
      // Somebody else may have asked in the same moment. What hosts ask carries no name.
      const asker = after?.role === "interviewer" ? after.you.seatId : undefined;
      const asked = asksIn(after).find(({ askId, askedBy }) => !had.includes(askId) && askedBy?.seatId === asker);
      if (!asked) return null;
      const { askId, question } = asked;
      const typed = command.source.kind === "typed" ? command.source.prompt : null;
      return { what: "asked", title: titleOf(question), typed, takesBack: () => ({ type: "takeBackAsk", askId }) };
    }
    case "reveal": {
      const { askId, kind, index } = command;
      const ask = asksIn(before).find((asked) => asked.askId === askId);
      // Somebody else had revealed it already.
      if (ask?.revealed.some((out) => out.kind === kind && out.index === index)) return null;
      return { what: "revealed", kind, index, takesBack: () => ({ type: "takeBackReveal", askId, kind, index }) };
    }
    default:
      return null;
  }
}
