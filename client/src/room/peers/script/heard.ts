import type { ScriptLine } from "@whetstone/shared/practice/script";
import type { AnswerHeard } from "@whetstone/shared/practice/script-facts";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";

/** What this page remembers so that the script can go by it. */

/** An answer as it was seen last, and when it had become so. */
export interface AnswerSeen extends AnswerHeard {
  readonly text: string;
}

/** What is known of the open answer after a look at it, at `elapsedMs` of the round's running time; null where no clock is known. */
export function answerSeen(
  before: AnswerSeen | null,
  open: Pick<PanelAsk, "askId" | "answer"> | undefined,
  elapsedMs: number | null,
): AnswerSeen | null {
  if (!open || elapsedMs === null) return before;
  const isSame = before?.askId === open.askId && before.text === open.answer;
  return isSame ? before : { askId: open.askId, text: open.answer, elapsedMs };
}

/** How often each kind of line has come, and which one stands there. */
export interface LinesShown {
  readonly at: string | null;
  readonly turns: Readonly<Partial<Record<ScriptLine["kind"], number>>>;
}

export const NO_LINES: LinesShown = { at: null, turns: {} };

/** Each time that a line comes back it is put into other words; as long as it stands there it keeps them. */
export function linesShown(before: LinesShown, { kind }: ScriptLine, askId: string | null): LinesShown {
  const at = `${askId ?? ""}/${kind}`;
  return at === before.at ? before : { at, turns: { ...before.turns, [kind]: turnOf(before, kind) + 1 } };
}

/** The line that stands there, put differently. */
export const putDifferently = (before: LinesShown, { kind }: ScriptLine): LinesShown => ({
  ...before,
  turns: { ...before.turns, [kind]: turnOf(before, kind) + 1 },
});

export const turnOf = ({ turns }: LinesShown, kind: ScriptLine["kind"]): number => turns[kind] ?? -1;
