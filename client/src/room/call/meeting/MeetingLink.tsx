import { ExternalLink, Link2 } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { isComposed } from "../../../browser/pressed.ts";
import { useTellUnsaved } from "../../../browser/unsaved.ts";
import { Button, buttonClass } from "../../../ui/Button.tsx";
import { Field, fieldStyles, Input } from "../../../ui/Field.tsx";
import { useRoomContext, useSend } from "../../store/context.tsx";
import { addressOf, hostOf, REFUSED_ADDRESS } from "./address.ts";
import styles from "./MeetingLink.module.css";

/** The address of a meeting elsewhere, in place of the room's own call: filled in, changed or taken away by whoever may, as a host and peers. */
export function MeetingLink({ meeting }: { meeting: string | null }) {
  const send = useSend();
  const [isWriting, setWriting] = useState(false);
  const host = meeting === null ? null : hostOf(meeting);
  if (isWriting) {
    return (
      <MeetingForm
        address={meeting ?? ""}
        onDone={(url) => {
          if (url !== null) send({ type: "setMeeting", url });
          setWriting(false);
        }}
      />
    );
  }
  if (meeting === null || host === null) {
    return (
      <Button className={styles.add} onClick={() => setWriting(true)}>
        <Link2 size={14} aria-hidden /> Add a meeting link
      </Button>
    );
  }
  return (
    <div className={styles.meeting}>
      <a className={buttonClass()} href={meeting} target="_blank" rel="noopener noreferrer">
        <ExternalLink size={14} aria-hidden />
        <span className={styles.where}>
          Join the meeting <small dir="ltr">{host}</small>
        </span>
        <span className="visually-hidden">(opens in a new tab)</span>
      </a>
      <Button look="quiet" onClick={() => setWriting(true)} aria-label="Change the meeting link">
        Change
      </Button>
      <Button
        look="quiet"
        onClick={() => send({ type: "setMeeting", url: null })}
        aria-label="Take the meeting link away"
      >
        Remove
      </Button>
    </div>
  );
}

/** `onDone` gets the address, or null where it stays as it is. */
function MeetingForm({ address, onDone }: { address: string; onDone: (url: string | null) => void }) {
  const [text, setText] = useState(address);
  const [error, setError] = useState<string | undefined>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const { roomId } = useRoomContext();
  useTellUnsaved(`meeting.${roomId}`, text.trim() !== address);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const entered = addressOf(text);
    if ("url" in entered) return onDone(entered.url);
    setError(REFUSED_ADDRESS[entered.refused]);
    field.current?.focus();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field
        label="Meeting link"
        hint="An https address, such as that of a video call elsewhere. Everybody here sees it as a button, and the room's own call stays away."
        error={error}
      >
        <Input
          ref={field}
          autoFocus
          type="url"
          inputMode="url"
          autoComplete="off"
          dir="ltr"
          className={fieldStyles.input ?? ""}
          placeholder="https://"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setError(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape" && !isComposed(event.nativeEvent)) onDone(null);
          }}
        />
      </Field>
      <div className={styles.actions}>
        <Button type="submit" look="primary">
          Keep
        </Button>
        <Button look="quiet" onClick={() => onDone(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
