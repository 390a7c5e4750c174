import { nextToPractise, type Suggestion } from "@whetstone/shared/practice/history/next";
import type { PracticeRecord } from "@whetstone/shared/practice/history/record";
import { useState } from "react";
import { useKeptText } from "../../browser/kept-text.ts";
import { buttonClass } from "../../ui/Button.tsx";
import { Section } from "../../ui/Section.tsx";
import styles from "./Next.module.css";
import { useUnasked } from "./queries.ts";
import { reasonSentence, suggestionAbout, suggestionTitle } from "./sentences.ts";

/** Where the chosen topics are kept, by name, one a line. */
export const TOPICS_KEPT = "whetstone.practice-topics";
const MOST = 6;

/** What to practise next, and why; of all topics, or of those that are chosen. */
export function Next({ entries }: { entries: readonly PracticeRecord[] }) {
  const [now] = useState(Date.now);
  const unasked = useUnasked();
  const [kept, keep] = useKeptText(TOPICS_KEPT);
  const bank = unasked.data ?? [];
  const names = [...bank, ...entries].flatMap(({ topic }) => topic ?? []);
  const topics = [...new Set(names)].sort((one, other) => one.localeCompare(other));
  const chosen = kept.split("\n").filter((topic) => topics.includes(topic));
  const toggle = (topic: string) =>
    keep((chosen.includes(topic) ? chosen.filter((other) => other !== topic) : [...chosen, topic]).join("\n"));
  const suggestions = nextToPractise({ entries, bank, topics: chosen, now, most: MOST });
  return (
    <Section title="What to practise next" hint="the weakest and longest ago, then what was never asked">
      {suggestions.length > 0 && (
        <ol className={styles.list}>
          {suggestions.map((suggestion) => (
            <Row key={suggestion.question.questionId} suggestion={suggestion} />
          ))}
        </ol>
      )}
      {suggestions.length === 0 && !unasked.isPending && (
        <p className={styles.quiet}>Nothing is due just now. What you know is asked again when it may be fading.</p>
      )}
      {unasked.isError && (
        <p className={styles.quiet} role="status">
          Questions that you have not had are not shown here: {unasked.error.message}
        </p>
      )}
      {topics.length > 1 && (
        <details className={styles.topics}>
          <summary>{chosen.length === 0 ? "Of all topics" : `Only of ${chosen.join(", ")}`}</summary>
          <fieldset>
            <legend className="visually-hidden">Topics to practise; none stands for all</legend>
            {topics.map((topic) => (
              <label key={topic}>
                <input type="checkbox" checked={chosen.includes(topic)} onChange={() => toggle(topic)} />
                {topic}
              </label>
            ))}
          </fieldset>
        </details>
      )}
    </Section>
  );
}

function Row({ suggestion }: { suggestion: Suggestion }) {
  const title = suggestionTitle(suggestion);
  return (
    <li className={styles.row} data-reason={suggestion.reason}>
      <div>
        <h3>{title}</h3>
        <p>{suggestionAbout(suggestion)}</p>
        <p className={styles.reason}>{reasonSentence(suggestion)}</p>
      </div>
      <a
        href={`/practice/alone?question=${encodeURIComponent(suggestion.question.questionId)}`}
        className={buttonClass()}
        aria-label={`Practise it: ${title}, ${suggestionAbout(suggestion)}`}
      >
        Practise it
      </a>
    </li>
  );
}
