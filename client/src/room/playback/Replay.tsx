import type { DocumentPart } from "@whetstone/shared/workspace/name";
import { History } from "lucide-react";
import { Suspense, useId, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { part } from "../../ui/Part.tsx";
import { scrollStop } from "../../ui/scroll-stop.ts";
import type { PlaybackProps } from "./Playback.tsx";
import styles from "./Replay.module.css";

const LatePlayback = part<PlaybackProps>(async () => (await import("./Playback.tsx")).default);

const Played = (props: PlaybackProps) => (
  <Suspense fallback={<p className={styles.quiet}>One moment…</p>}>
    <LatePlayback {...props} />
  </Suspense>
);

/** How an answer came to be, in the place of its sheet: for whoever tells what they did in quiet time, and those who listen. */
export function Story({ askId, number }: Pick<PlaybackProps, "askId" | "number">) {
  const [played, play] = useState<DocumentPart>("text");
  return (
    <div className={styles.story} {...scrollStop("How the answer came to be")}>
      <Choice
        id={useId()}
        legend={<span className="visually-hidden">What is played</span>}
        options={PARTS}
        names={TOLD}
        chosen={played}
        onChoose={play}
      />
      <Played key={played} askId={askId} number={number} part={played} />
    </div>
  );
}

const PARTS = ["text", "board"] as const satisfies readonly DocumentPart[];
const TOLD = { text: "What was written", board: "What was drawn" } as const;

const PLAYS = { text: "Play how it was written", board: "Play how it was drawn" } as const;

/** The way from an answer to how it was written. Nothing of it is fetched before somebody goes it. */
export function Replay({ isOpenAtFirst = false, ...props }: PlaybackProps & { readonly isOpenAtFirst?: boolean }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  return (
    <div className={styles.replay}>
      <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <History size={14} aria-hidden /> {isOpen ? "Close the playback" : PLAYS[props.part ?? "text"]}
        <span className="visually-hidden">, question {props.number}</span>
      </Button>
      {isOpen && <Played {...props} />}
    </div>
  );
}
