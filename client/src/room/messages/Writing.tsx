import { LIMITS } from "@whetstone/shared/room/limits";
import { SendHorizontal } from "lucide-react";
import { type FormEvent, type ReactNode, type RefObject, useId } from "react";
import { useUnsentText } from "../../browser/kept-text.ts";
import { isPlainEnter } from "../../browser/pressed.ts";
import { Button } from "../../ui/Button.tsx";
import { LengthNote, SHORTEN } from "../../ui/LengthNote.tsx";
import styles from "./Writing.module.css";

interface WritingProps {
  /** Under which the text is kept in this browser until it is sent; another component for another one. */
  readonly place: string;
  readonly label: string;
  /** What the button is called; it shows nothing but a sign unless it is given more. */
  readonly sends: string;
  readonly button?: ReactNode;
  readonly field?: RefObject<HTMLTextAreaElement | null>;
  readonly describedBy?: string;
  readonly onSay: (text: string) => void;
}

/** Where the next line is written. What is not sent yet stays, also where the page is another by then. */
export function Writing({ place, label, sends, button, field, describedBy = "", onSay }: WritingProps) {
  const [text, write] = useUnsentText(place);
  const lengthId = useId();
  const said = text.trim();
  const isSendable = said !== "" && said.length <= LIMITS.line;
  const say = () => {
    if (!isSendable) return;
    onSay(said);
    write("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    say();
  };
  return (
    <form className={styles.writing} onSubmit={submit}>
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-describedby={`${describedBy} ${lengthId}`.trim()}
        aria-label={label}
        placeholder={label}
        enterKeyHint="send"
        value={text}
        onChange={({ target }) => write(target.value)}
        onKeyDown={(event) => {
          if (!isPlainEnter(event.nativeEvent)) return;
          event.preventDefault();
          say();
        }}
      />
      <Button
        type="submit"
        className={styles.send}
        disabled={!isSendable}
        aria-label={sends}
        title={`${sends} (Enter)`}
      >
        <SendHorizontal size={16} aria-hidden /> {button}
      </Button>
      <LengthNote id={lengthId} text={said} most={LIMITS.line} consequence={SHORTEN} />
    </form>
  );
}
