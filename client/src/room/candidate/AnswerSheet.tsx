import { LIMITS } from "@whetstone/shared/room/limits";
import { type FocusEvent, useEffect, useId, useRef, useState } from "react";
import { LengthNote } from "../../ui/LengthNote.tsx";
import { WrittenText } from "../../ui/WrittenText.tsx";
import { BEYOND, useWholeText } from "../saved/beyond.ts";
import { useSend } from "../store/context.tsx";
import sheetStyles from "./AnswerSheets.module.css";
import styles from "./CandidateScreen.module.css";
import { composesIn, leaveSheet, wroteIn } from "./in-hand.ts";

interface AnswerSheetProps {
  readonly askId: string;
  /** As it is known to the view; null where the view is of another question by now, and what was written here is all there is. */
  readonly answer: string | null;
  readonly title: string;
  readonly reader: string;
  /** Whether its writer comes from another sheet. */
  readonly takesFocus: boolean;
  readonly onLeave: () => void;
}

/** One question's sheet. It saves itself as it is typed, and goes on doing so when the question has changed. */
export function AnswerSheet({ askId, answer, title, reader, takesFocus, onLeave }: AnswerSheetProps) {
  const send = useSend();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [own, setOwn] = useState(answer ?? "");
  if (answer !== null && answer !== own) setOwn(answer);
  const { text, write } = useWholeText(`answer.${askId}`, answer ?? own, LIMITS.answer, (written) => {
    setOwn(written);
    send({ type: "writeAnswer", askId, text: written });
  });
  useEffect(() => {
    if (takesFocus) field.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  const leave = ({ target, relatedTarget }: FocusEvent<HTMLElement>) => {
    // Another window has come before this one, and the cursor is still here.
    if (document.activeElement === target) return;
    if (relatedTarget instanceof HTMLElement && "goOn" in relatedTarget.dataset) return;
    leaveSheet();
    onLeave();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is composed in the field inside is listened to here
    <div
      className={styles.answer}
      onBlur={leave}
      onCompositionStart={() => field.current && composesIn(field.current, true)}
      onCompositionEnd={() => field.current && composesIn(field.current, false)}
    >
      <label className={styles.tab} htmlFor={id}>
        {title} <small>{reader}</small>
      </label>
      <div className={sheetStyles.length}>
        <LengthNote id={`${id}-length`} text={text} most={LIMITS.answer} consequence={BEYOND} />
      </div>
      <WrittenText
        ref={field}
        id={id}
        data-sheet={askId}
        // It takes what place there is, and asks for none.
        rows={1}
        value={text}
        aria-describedby={`${id}-length`}
        placeholder="Notes, formulas, code: whatever helps you explain"
        onWrite={(written) => {
          if (field.current) wroteIn(field.current);
          write(written);
        }}
        spellCheck={false}
        autoCapitalize="off"
      />
    </div>
  );
}
