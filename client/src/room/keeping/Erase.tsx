import { useMutation } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { useRoomContext } from "../store/context.tsx";
import styles from "./Keeping.module.css";
import { eraseRoom } from "./requests.ts";

const OF_A_PANEL = {
  what: "Names, questions, answers, notes, scorecards' texts, feedback and the server's exports.",
  consequence:
    "Everybody in the room loses it at once, and the candidate's feedback with it. What was rated still counts in your questions' figures, without anybody's name. Files that somebody took away stay where they are.",
};

/** Two steps, as nothing brings it back. */
export function Erase({ words = OF_A_PANEL }: { words?: typeof OF_A_PANEL }) {
  const { token } = useRoomContext();
  const [asked, setAsked] = useState(false);
  const erasing = useMutation({ mutationFn: () => eraseRoom(token) });
  if (!asked) {
    return (
      <div className={styles.action}>
        <Button onClick={() => setAsked(true)}>
          <Trash2 size={14} aria-hidden /> Erase what was written…
        </Button>
        <p>{words.what}</p>
      </div>
    );
  }
  return (
    <section className={styles.asking} aria-label="Erase this room">
      <p>
        <b>Nobody can bring it back, from no backup either.</b> {words.consequence}
      </p>
      <div className={styles.buttons}>
        <Button look="danger" disabled={erasing.isPending} onClick={() => erasing.mutate()}>
          {erasing.isPending ? "Erasing…" : "Erase it for ever"}
        </Button>
        <Button look="quiet" disabled={erasing.isPending} onClick={() => setAsked(false)} autoFocus>
          Keep it
        </Button>
      </div>
      {erasing.isError && <p role="alert">{erasing.error.message}</p>}
    </section>
  );
}
