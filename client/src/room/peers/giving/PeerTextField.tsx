import { LIMITS } from "@whetstone/shared/room/limits";
import type { PeerText } from "@whetstone/shared/room/peers/commands";
import { givenIn } from "@whetstone/shared/room/view/given";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { useId } from "react";
import { fieldStyles } from "../../../ui/Field.tsx";
import { LengthNote } from "../../../ui/LengthNote.tsx";
import { WrittenText } from "../../../ui/WrittenText.tsx";
import { BEYOND, useWholeText } from "../../saved/beyond.ts";
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
  const saved = givenIn(peers, roundId).texts[part] ?? "";
  const isLetGo = peers.letGo !== "not_yet";
  const { text, write } = useWholeText(isLetGo ? null : `toPeer.${roundId}.${part}`, saved, LIMITS.note, (written) =>
    send({ type: "writeToPeer", roundId, part, text: written }),
  );
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
          value={text}
          readOnly={isLetGo}
          aria-describedby={`${id}-hint ${id}-length`}
          onWrite={write}
        />
      </span>
      <LengthNote id={`${id}-length`} text={text} most={LIMITS.note} consequence={BEYOND} />
    </div>
  );
}
