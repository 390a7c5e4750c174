import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import { AnswerSheet } from "./AnswerSheet.tsx";
import styles from "./AnswerSheets.module.css";
import type { Ask, Lying, SheetName } from "./sheet.ts";

interface AnswerSheetsProps {
  readonly lying: Lying;
  readonly ask: Ask | null;
  /** The questions before, with what was written to them. */
  readonly earlier: CandidateView["earlier"];
  /** Who reads it while it is written. */
  readonly reader: string;
  readonly isOver: boolean;
}

/**
 * The sheet of the question that is asked. While somebody writes on it, it stays when the question changes: no key is lost, and none lands
 * on a sheet that its writer did not choose.
 */
export function AnswerSheets({ lying, ask, earlier, reader, isOver }: AnswerSheetsProps) {
  const { sheet, isHeld, goOn, takesFocus } = lying;
  if (!sheet) return null;
  const known = ask?.askId === sheet.askId ? ask : earlier.find(({ askId }) => askId === sheet.askId);
  return (
    <section className={styles.sheets} aria-label={isHeld ? `Your sheet of question ${sheet.number}` : "Your sheet"}>
      {isHeld && <Moved sheet={sheet} ask={ask} isOver={isOver} onGo={goOn} />}
      <AnswerSheet
        key={sheet.askId}
        askId={sheet.askId}
        known={known ?? null}
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

interface MovedProps {
  readonly sheet: SheetName;
  readonly ask: Ask | null;
  readonly isOver: boolean;
  readonly onGo: (focus: boolean) => void;
}

/**
 * That the question is another one by now, which is said already, and the way to its sheet. The one that is written on stays until then,
 * which is said here.
 */
function Moved({ sheet, ask, isOver, onGo }: MovedProps) {
  return (
    <p className={styles.moved}>
      <span>
        <b>
          {ask ? "A new question is here." : isOver ? "The interview is over." : `Question ${sheet.number} is closed.`}
        </b>{" "}
        <span role="status">
          You are still on your sheet of question {sheet.number}: finish your sentence, it is saved as you write.
        </span>
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
