import type { CandidateAsk } from "@whetstone/shared/room/view/asks";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { LateMarkdown } from "../../ui/LateMarkdown.tsx";
import { Drawn } from "../drawn/Drawn.tsx";
import { Replay } from "../playback/Replay.tsx";
import styles from "./OwnAnswers.module.css";
import { answersText } from "./own-answers.ts";
import { Revealed } from "./Revealed.tsx";

/** Once it is over: every question as it was put to the candidate, with what they answered, to be read and taken along. */
export function OwnAnswers({ title, asks }: { title: string; asks: readonly CandidateAsk[] }) {
  if (asks.length === 0) return null;
  return (
    <section className={styles.answers} aria-labelledby="own-answers">
      <header>
        <h2 id="own-answers">Your questions and answers</h2>
        <CopyButton label="Copy all" text={answersText(title, asks)} />
      </header>
      <ol>
        {asks.map(({ askId, number, prompt, revealed, answer }) => (
          <li key={askId}>
            <h3>Question {number}</h3>
            <div className={styles.prompt}>
              <LateMarkdown text={prompt} />
            </div>
            <Revealed revealed={revealed} />
            <h4>Your answer</h4>
            {answer ? <pre dir="auto">{answer}</pre> : <p className={styles.nothing}>You wrote nothing here.</p>}
            <Drawn askId={askId} number={number} isReplayed />
            <Replay askId={askId} number={number} />
          </li>
        ))}
      </ol>
    </section>
  );
}
