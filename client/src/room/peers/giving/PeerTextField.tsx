import { LIMITS } from "@whetstone/shared/room/limits";
import type { PeerText } from "@whetstone/shared/room/peers/commands";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { givenIn } from "@whetstone/shared/room/view/peers-said";
import { useId } from "react";
import { fieldStyles } from "../../../ui/Field.tsx";
import { WrittenText } from "../../../ui/WrittenText.tsx";
import { useSend } from "../../store/context.tsx";
import styles from "./PeerTextField.module.css";

interface PeerTextFieldProps {
  readonly peers: PeersView;
  readonly roundId: number;
  readonly part: PeerText;
  readonly label: string;
  readonly hint: string;
}

/** A text to somebody, as high as what is written in it; once it is let go it is only read. */
export function PeerTextField({ peers, roundId, part, label, hint }: PeerTextFieldProps) {
  const send = useSend();
  const id = useId();
  const text = givenIn(peers, roundId).texts[part] ?? "";
  const isLetGo = peers.letGo !== "not_yet";
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <small id={`${id}-hint`}>{hint}</small>
      <span className={styles.growing} data-text={`${text} `}>
        <WrittenText
          id={id}
          rows={3}
          dir="auto"
          className={fieldStyles.input}
          maxLength={LIMITS.note}
          value={text}
          readOnly={isLetGo}
          aria-describedby={`${id}-hint`}
          onWrite={(written) => send({ type: "writeToPeer", roundId, part, text: written })}
        />
      </span>
    </div>
  );
}
