import { LIMITS } from "@whetstone/shared/room/limits";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { useUnsentText } from "../../browser/kept-text.ts";
import { Button } from "../../ui/Button.tsx";
import { Field, fieldStyles, Input } from "../../ui/Field.tsx";
import { SHORTEN } from "../../ui/LengthNote.tsx";
import { tooLong } from "../../ui/length.ts";
import { useRoom, useRoomContext } from "../store/context.tsx";
import styles from "./ReasonForm.module.css";

interface ReasonFormProps {
  /** What the reason is for: one that is being written is kept under it. */
  readonly purpose: string;
  readonly label: string;
  readonly placeholder: string;
  readonly hint?: ReactNode;
  /** What somebody reads who gives no reason. */
  readonly demand: string;
  readonly action: string;
  readonly busy: boolean;
  readonly onReason: (reason: string) => void;
  readonly onCancel?: () => void;
}

/** A reason, without which something is not done, and the button that does it. */
export function ReasonForm(props: ReasonFormProps) {
  const { purpose, label, placeholder, hint, demand, action, busy, onReason, onCancel } = props;
  const { roomId } = useRoomContext();
  const seatId = useRoom().view?.you.seatId ?? "";
  const [reason, setReason] = useUnsentText(`whetstone.reason.${roomId}.${seatId}.${purpose}`);
  const [demanded, setDemanded] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const over = tooLong(reason.trim(), LIMITS.reason);
  const give = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "" || over !== undefined) {
      setDemanded(true);
      field.current?.focus();
      return;
    }
    onReason(reason.trim());
    setReason("");
  };
  return (
    <form className={styles.form} onSubmit={give}>
      <Field
        label={label}
        hint={hint}
        error={over ? `${over} ${SHORTEN}` : demanded && reason.trim() === "" ? demand : undefined}
      >
        <Input
          className={fieldStyles.input ?? ""}
          render={<textarea ref={field} rows={2} dir="auto" autoFocus={onCancel !== undefined} />}
          value={reason}
          placeholder={placeholder}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <div>
        <Button type="submit" disabled={busy}>
          {action}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
