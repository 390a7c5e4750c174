import { Link, useLocation } from "@tanstack/react-router";
import type { BankSummary } from "@whetstone/shared/bank-wire";
import { type Ref, useState } from "react";
import { keepBankPlace } from "../browser/remembered.ts";
import { Button } from "../ui/Button.tsx";
import { LEVEL_NAMES } from "../words.ts";
import type { Found } from "./queries.ts";
import styles from "./Results.module.css";

interface ResultsProps {
  readonly ref: Ref<HTMLUListElement>;
  readonly found: Found;
  /** What was asked in rooms of this browser. */
  readonly asked: readonly string[];
  readonly more: (() => void) | null;
}

/** The results. The Tab key reaches one of them, from which the arrows lead to the others. */
export function Results({ ref, found, asked, more }: ResultsProps) {
  const { results, total } = found;
  const [focusedId, setFocused] = useState<string | null>(null);
  const reachedId = results.some(({ id }) => id === focusedId) ? focusedId : results[0]?.id;
  if (results.length === 0) return <Nothing />;
  return (
    <>
      <ul ref={ref} className={styles.results} aria-label="Results">
        {results.map((result) => (
          <Result
            key={result.id}
            result={result}
            isAsked={asked.includes(result.id)}
            isReached={result.id === reachedId}
            onFocus={() => setFocused(result.id)}
          />
        ))}
      </ul>
      <div className={styles.more}>
        {more && <Button onClick={more}>Show more</Button>}
        {results.length < total && (
          <span>
            {results.length} of {total}
          </span>
        )}
      </div>
    </>
  );
}

interface ResultProps {
  readonly result: BankSummary;
  readonly isAsked: boolean;
  readonly isReached: boolean;
  readonly onFocus: () => void;
}

function Result({ result, isAsked, isReached, onFocus }: ResultProps) {
  const { id, title, topicName, level, minutes, excerpt, tags, own } = result;
  const entry = useLocation().state.__TSR_key;
  return (
    <li className={styles.result}>
      <h2>
        <Link
          to="/bank/questions/$questionId"
          params={{ questionId: id }}
          data-result={id}
          tabIndex={isReached ? 0 : -1}
          aria-describedby={`about-${id}`}
          onFocus={onFocus}
          onClick={() => entry && keepBankPlace(entry, id)}
        >
          {title}
        </Link>
      </h2>
      <p className={styles.about} id={`about-${id}`}>
        <span className={styles.level}>{LEVEL_NAMES[level]}</span>
        <span>{minutes} min</span>
      </p>
      <p className={styles.excerpt}>{excerpt}</p>
      <p className={styles.topic}>
        <b>{topicName}</b>
        {own && <span className={styles.own}>your own</span>}
        {isAsked && <span>asked before</span>}
        {tags.map((tag) => (
          <span key={tag}>{tag}</span>
        ))}
      </p>
    </li>
  );
}

function Nothing() {
  return (
    <div className={styles.nothing}>
      <h2>No question fits</h2>
      <p>Try other words, or take a filter away. A question that the bank lacks, you can write yourself.</p>
      <Link to="/bank/own/$questionId" params={{ questionId: "new" }}>
        Write a question
      </Link>
    </div>
  );
}
