import { LIMITS } from "@whetstone/shared/room/limits";
import { EyeOff } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { plural } from "../../words.ts";
import { useRoomContext, useSend } from "../store/context.tsx";
import { usePassedFocus } from "./passed-focus.ts";
import styles from "./QuietTime.module.css";

const CHOICES = Array.from({ length: LIMITS.quietMinutes }, (_, index) => index + 1);
const SUGGESTED = 5;

interface BeginQuietProps {
  readonly askId: string;
  readonly look?: "plain" | "quiet";
  readonly disabled: boolean;
}

/** The way into quiet time: one press says for how long, the next begins it. */
export function BeginQuiet({ askId, look = "plain", disabled }: BeginQuietProps) {
  const send = useSend();
  const { store } = useRoomContext();
  const id = useId();
  const [isChoosing, choose] = useState(false);
  const [minutes, setMinutes] = useState(SUGGESTED);
  const place = usePassedFocus<HTMLFieldSetElement>();
  const begin = () => {
    store.flush();
    send({ type: "beginQuiet", askId, minutes });
  };
  return (
    <fieldset ref={place} className={styles.begin} aria-label="Quiet time" data-look={look} tabIndex={-1}>
      <Button look={look} aria-expanded={isChoosing} disabled={disabled} onClick={() => choose(!isChoosing)}>
        <EyeOff size={15} aria-hidden /> <span className={styles.words}>Quiet time</span>
      </Button>
      {isChoosing && !disabled && (
        <>
          <label htmlFor={id}>for</label>
          <select
            id={id}
            aria-label="How long quiet time is"
            value={minutes}
            onChange={({ target }) => setMinutes(Number(target.value))}
          >
            {CHOICES.map((choice) => (
              <option key={choice} value={choice}>
                {plural(choice, "minute")}
              </option>
            ))}
          </select>
          <Button look="primary" onClick={begin}>
            Begin
          </Button>
        </>
      )}
    </fieldset>
  );
}
