import { LIMITS } from "@whetstone/shared/room/limits";
import { useEffect, useId, useRef, useState } from "react";
import { LengthNote } from "../../ui/LengthNote.tsx";
import { WrittenText } from "../../ui/WrittenText.tsx";
import { BEYOND, useWholeText } from "../saved/beyond.ts";
import { useSend } from "../store/context.tsx";
import styles from "./AnswerSheets.module.css";
import { composesIn, wroteIn } from "./in-hand.ts";

interface PlainSheetProps {
  readonly askId: string;
  /** As it is known to the view; null where the view is of another question by now, and what was written here is all there is. */
  readonly answer: string | null;
  readonly label: string;
  readonly placeholder: string;
  readonly takesFocus: boolean;
  /** Told how many characters are pasted. */
  readonly onPaste: (characters: number) => void;
}

/** A sheet without an editor, where that could not be fetched or the document not be opened. What is written in it is the answer all the same. */
export function PlainSheet({ askId, answer, label, placeholder, takesFocus, onPaste }: PlainSheetProps) {
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
  const composes = (isComposing: boolean) => field.current && composesIn(field.current, isComposing);
  return (
    <div className={styles.plain} onCompositionStart={() => composes(true)} onCompositionEnd={() => composes(false)}>
      <div className={styles.length}>
        <LengthNote id={`${id}-length`} text={text} most={LIMITS.answer} consequence={BEYOND} />
      </div>
      <WrittenText
        ref={field}
        data-sheet={askId}
        // It takes what place there is, and asks for none.
        rows={1}
        value={text}
        aria-label={label}
        aria-describedby={`${id}-length`}
        placeholder={placeholder}
        onPaste={({ clipboardData }) => onPaste(clipboardData.getData("text/plain").length)}
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
