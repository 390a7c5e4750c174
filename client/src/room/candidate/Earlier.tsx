import { beginningOf } from "@whetstone/shared/question-title";
import { remainingMs } from "@whetstone/shared/room/course/timer";
import { LIMITS } from "@whetstone/shared/room/limits";
import type { EarlierAsk } from "@whetstone/shared/room/view/asks";
import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import { useId, useState } from "react";
import { LateMarkdown } from "../../ui/LateMarkdown.tsx";
import { LengthNote } from "../../ui/LengthNote.tsx";
import { WrittenText } from "../../ui/WrittenText.tsx";
import { Drawn } from "../drawn/Drawn.tsx";
import { KeptRun } from "../runs/KeptRun.tsx";
import { BEYOND, useWholeText } from "../saved/beyond.ts";
import { useSend, useServerNow } from "../store/context.tsx";
import styles from "./Earlier.module.css";
import { useMarkPaste } from "./marks.ts";
import { Revealed } from "./Revealed.tsx";

/** How long one may finish a sentence once a question has closed, in milliseconds of the interview's running time. */
const TO_FINISH_MS = 60_000;

interface EarlierProps {
  readonly view: CandidateView;
  /** The ask whose sheet lies before the candidate as it is; null where there is none. */
  readonly lyingId: string | null;
}

/** The questions before, each with one's own answer, which can be finished for a minute. */
export function Earlier({ view, lyingId }: EarlierProps) {
  const now = useServerNow();
  const elapsed = view.timer.totalMs - remainingMs(view.timer, now);
  if (view.earlier.length === 0) return null;
  const closedLast = Math.max(...view.earlier.map(({ closedAtMs }) => closedAtMs));
  return (
    <section className={styles.earlier} aria-labelledby="earlier">
      <h2 id="earlier">{view.earlier.length === 1 ? "The question before" : "The questions before"}</h2>
      {view.earlier.toReversed().map((ask) => (
        <EarlierQuestion
          key={ask.askId}
          ask={ask}
          isOpen={ask.askId !== lyingId && elapsed - ask.closedAtMs < TO_FINISH_MS}
          isInHands={view.ask === null && ask.closedAtMs === closedLast}
        />
      ))}
    </section>
  );
}

interface EarlierQuestionProps {
  readonly ask: EarlierAsk;
  /** Whether its answer can still be finished. */
  readonly isOpen: boolean;
  /** Whether it was closed last, and nothing is asked since. */
  readonly isInHands: boolean;
}

function EarlierQuestion({ ask, isOpen, isInHands }: EarlierQuestionProps) {
  // A sheet that closed under somebody's hands stays before them; afterwards it is theirs to fold.
  const [unfoldsAtFirst] = useState(isOpen && isInHands);
  return (
    <details open={unfoldsAtFirst}>
      <summary>
        <b>Question {ask.number}</b> <span>{beginningOf(ask.prompt, 90)}</span>
      </summary>
      <div className={styles.prompt}>
        <LateMarkdown text={ask.prompt} />
      </div>
      <Revealed revealed={ask.revealed} />
      <OwnAnswer ask={ask} isOpen={isOpen} />
      <Drawn askId={ask.askId} number={ask.number} />
    </details>
  );
}

function OwnAnswer({ ask, isOpen }: { ask: EarlierAsk; isOpen: boolean }) {
  const send = useSend();
  const markPaste = useMarkPaste();
  const id = useId();
  const { askId, number, answer } = ask;
  const { text, write } = useWholeText(`answer.${askId}`, answer, LIMITS.answer, (written) =>
    send({ type: "writeAnswer", askId, text: written }),
  );
  const label = `Your answer to question ${number}`;
  if (!isOpen) {
    return (
      <>
        <h3>{label}</h3>
        <pre className={styles.answer} dir="auto">
          {answer || "You wrote nothing."}
        </pre>
        {ask.lastRun && <KeptRun run={ask.lastRun} />}
      </>
    );
  }
  return (
    <div className={styles.writable}>
      <label className={styles.label} htmlFor={id}>
        {label} <small>A sentence can still be finished, for a minute.</small>
      </label>
      <LengthNote id={`${id}-length`} text={text} most={LIMITS.answer} consequence={BEYOND} />
      <WrittenText
        id={id}
        data-sheet={askId}
        value={text}
        rows={Math.min(14, Math.max(4, text.split("\n").length + 1))}
        aria-describedby={`${id}-length`}
        onPaste={({ clipboardData }) => markPaste(askId, clipboardData.getData("text/plain").length)}
        onWrite={write}
        spellCheck={false}
        autoCapitalize="off"
      />
    </div>
  );
}
