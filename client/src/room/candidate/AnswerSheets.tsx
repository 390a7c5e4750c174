import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { AnswerSheet } from "./AnswerSheet.tsx";
import styles from "./AnswerSheets.module.css";
import { isInHand, leaveSheet, onSheetLeft } from "./in-hand.ts";

type Ask = NonNullable<CandidateView["ask"]>;
type SheetName = Pick<Ask, "askId" | "number">;

interface AnswerSheetsProps {
  readonly ask: Ask | null;
  /** Who reads it while it is written. */
  readonly reader: string;
  readonly isOver: boolean;
}

/**
 * The sheet of the question that is asked. While somebody writes on it, it stays when the question changes: no key is lost, and none lands
 * on a sheet that its writer did not choose.
 */
export function AnswerSheets({ ask, reader, isOver }: AnswerSheetsProps) {
  const { sheet, isHeld, goOn, takesFocus } = useSheet(ask);
  if (!sheet) return null;
  return (
    <section className={styles.sheets} aria-label={isHeld ? `Your sheet of question ${sheet.number}` : "Your sheet"}>
      {isHeld && <Moved sheet={sheet} ask={ask} isOver={isOver} onGo={goOn} />}
      <AnswerSheet
        key={sheet.askId}
        askId={sheet.askId}
        answer={ask?.askId === sheet.askId ? ask.answer : null}
        title={isHeld ? `Your answer sheet of question ${sheet.number}` : "Your answer sheet"}
        reader={reader}
        takesFocus={takesFocus}
        onLeave={() => {
          if (isHeld) goOn(false);
        }}
      />
    </section>
  );
}

/** Which sheet lies before the candidate, and whether it is another one than that of the question that is asked. */
function useSheet(ask: Ask | null) {
  const [sheet, setSheet] = useState<SheetName | null>(ask);
  const [takesFocus, setTakesFocus] = useState(false);
  const latest = useRef(ask);
  latest.current = ask;
  const askId = ask?.askId ?? null;
  const shownId = sheet?.askId ?? null;
  useLayoutEffect(() => {
    if (askId === shownId || (shownId !== null && isInHand())) return;
    // Whoever rests on a sheet rests on the next one, so that what they type then is written.
    setTakesFocus(document.activeElement?.hasAttribute("data-sheet") ?? false);
    setSheet(latest.current);
  }, [askId, shownId]);
  useEffect(() => onSheetLeft(() => setSheet(latest.current)), []);
  const goOn = (focus: boolean) => {
    setTakesFocus(focus);
    setSheet(latest.current);
    leaveSheet();
  };
  return { sheet, isHeld: shownId !== null && shownId !== askId, goOn, takesFocus };
}

interface MovedProps {
  readonly sheet: SheetName;
  readonly ask: Ask | null;
  readonly isOver: boolean;
  readonly onGo: (focus: boolean) => void;
}

/** That the question is another one by now, and the way to its sheet. The one that is written on stays until then. */
function Moved({ sheet, ask, isOver, onGo }: MovedProps) {
  return (
    <p className={styles.moved} role="status">
      <span>
        <b>
          {ask ? "A new question is here." : isOver ? "The interview is over." : `Question ${sheet.number} is closed.`}
        </b>{" "}
        You are still on your sheet of question {sheet.number}: finish your sentence, it is saved as you write.
      </span>
      <button
        type="button"
        // Pressing it must not take the sheet away before the press is over.
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => onGo(ask !== null)}
        data-go-on
      >
        {ask ? `Go to question ${ask.number}` : "Done"}
      </button>
    </p>
  );
}
