import { LEVELS } from "@whetstone/shared/bank";
import { titleOf } from "@whetstone/shared/question-title";
import type { ReceivedAsk } from "@whetstone/shared/room/view/peers-said";
import { Check, Circle } from "lucide-react";
import { Markdown } from "../../../ui/Markdown.tsx";
import { plural } from "../../../words.ts";
import { Drawn } from "../../drawn/Drawn.tsx";
import { Replay } from "../../playback/Replay.tsx";
import { type Rating, ReachedLevel } from "./ReachedLevel.tsx";
import styles from "./ReceivedQuestion.module.css";

interface ReceivedQuestionProps {
  readonly ask: ReceivedAsk;
  /** Whether several rated it. */
  readonly namesRaters: boolean;
}

/** One question that the viewer was asked: how it was rated, what a strong answer holds, and what they wrote themselves. */
export function ReceivedQuestion({ ask, namesRaters }: ReceivedQuestionProps) {
  const { number, question, levels, revealed } = ask;
  const rated = question.criteria.filter(({ id }) => levels.some(({ criterionId }) => criterionId === id));
  return (
    <article className={styles.question}>
      <header>
        <small>
          Question {number}
          {revealed > 0 && ` · ${plural(revealed, "hint or follow-up", "hints and follow-ups")} on the way`}
        </small>
        <h3>{titleOf(question)}</h3>
      </header>
      {rated.length > 0 && (
        <div className={styles.levels}>
          {rated.map((criterion) => (
            <ReachedLevel
              key={criterion.id}
              name={criterion.name}
              anchors={criterion.anchors}
              ratings={ratingsOf(levels, criterion.id)}
              namesRaters={namesRaters}
            />
          ))}
        </div>
      )}
      <StrongAnswer ask={ask} />
      <details>
        <summary>The question, and what you wrote</summary>
        <div className={styles.prompt}>
          <Markdown text={question.prompt} />
        </div>
        <pre dir="auto">{ask.answer || "Nothing is written on this sheet."}</pre>
        <Drawn askId={ask.askId} number={number} isReplayed />
        <Replay askId={ask.askId} number={number} />
      </details>
    </article>
  );
}

/** By level from the lowest, who chose it. */
const ratingsOf = (levels: ReceivedAsk["levels"], criterionId: string): Rating[] =>
  LEVELS.flatMap((level) => {
    const by = levels.filter((one) => one.criterionId === criterionId && one.level === level).map((one) => one.by);
    return by.length > 0 ? { level, by } : [];
  });

/** The key points, with those that were heard marked where any was: unmarked ones may only not have been ticked. */
function StrongAnswer({ ask: { question, heard } }: { ask: ReceivedAsk }) {
  const { strongAnswer } = question;
  if (strongAnswer.length === 0) return null;
  const isMarked = heard.length > 0;
  return (
    <details>
      <summary>
        What a strong answer holds{isMarked && `: ${heard.length} of ${strongAnswer.length} points were heard`}
      </summary>
      <ul className={styles.points}>
        {strongAnswer.map((point, index) => {
          const isHeard = heard.includes(index);
          return (
            <li key={point} data-heard={isHeard}>
              {isMarked && (isHeard ? <Check size={16} aria-hidden /> : <Circle size={12} aria-hidden />)}
              <div>
                {isMarked && <span className="visually-hidden">{isHeard ? "Heard: " : "Not heard: "}</span>}
                <Markdown text={point} />
              </div>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
