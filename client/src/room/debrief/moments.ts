import type { DebriefRater } from "@whetstone/shared/debrief";
import type { RevealKind } from "@whetstone/shared/room/asks/commands";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { NoteView } from "@whetstone/shared/room/view/scorecards";

/** What happened at one moment of an ask; `atMs` is the interview's running time. */
export type Moment =
  | { readonly kind: "asked"; readonly atMs: number }
  | {
      readonly kind: "revealed";
      readonly atMs: number;
      readonly reveal: RevealKind;
      /** From 1. */
      readonly number: number;
      readonly text: string;
    }
  | { readonly kind: "noted"; readonly atMs: number; readonly rater: DebriefRater; readonly note: NoteView };

/** The course of an ask: when it was asked, what was revealed, and what each rater noted, in the order of time. */
export function momentsOf(ask: PanelAsk, raters: readonly DebriefRater[]): Moment[] {
  const { hints, followUps } = ask.question;
  const revealed = ask.revealed.map(({ kind, index, elapsedMs }): Moment => {
    const text = kind === "hint" ? hints[index] : followUps[index]?.ask;
    return { kind: "revealed", atMs: elapsedMs, reveal: kind, number: index + 1, text: text ?? "" };
  });
  const noted = raters.flatMap((rater) =>
    rater.current.notes
      .filter(({ askId, text }) => askId === ask.askId && text.trim() !== "")
      .map((note): Moment => ({ kind: "noted", atMs: note.elapsedMs, rater, note })),
  );
  const asked: Moment = { kind: "asked", atMs: ask.askedAtMs };
  return [asked, ...revealed, ...noted].sort((one, other) => one.atMs - other.atMs);
}

const MINUTE_MS = 60_000;

/** Whether a moment lies within a minute of another one. */
export const isAbout = ({ atMs }: Moment, otherMs: number): boolean => Math.abs(atMs - otherMs) <= MINUTE_MS;

/** Names a note among those of all raters. */
export const noteKey = (seatId: string, { noteId }: Pick<NoteView, "noteId">): string => `${seatId}/${noteId}`;
