import { History } from "lucide-react";
import { Suspense, useState } from "react";
import { Button } from "../../ui/Button.tsx";
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
export const Story = ({ askId, number }: Pick<PlaybackProps, "askId" | "number">) => (
  <div className={styles.story} {...scrollStop("How the answer came to be")}>
    <Played askId={askId} number={number} />
  </div>
);

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
