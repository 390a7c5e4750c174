import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { BankSummary } from "@whetstone/shared/bank-wire";
import { Plus, Search } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { isComposed } from "../../browser/pressed.ts";
import { pauseInTyping } from "../../browser/typing.ts";
import { fieldStyles } from "../../ui/Field.tsx";
import { LEVEL_NAMES, plural } from "../../words.ts";
import { FRESH } from "../draft/useDraft.ts";
import { findQuestions } from "../requests.ts";
import { useBankChoices } from "../useBankWords.ts";
import styles from "./KitSearch.module.css";

/** How many results are shown; whoever wants others searches for them. */
const RESULTS = 8;

interface KitSearchProps {
  /** The questions that the kit has already. */
  readonly chosen: readonly string[];
  readonly onAdd: (question: BankSummary) => void;
}

/** Finds questions of the bank and adds them. The arrow keys go from the field through the results and back. */
export function KitSearch({ chosen, onAdd }: KitSearchProps) {
  const [text, setText] = useState("");
  const [topic, setTopic] = useState("");
  const topics = useBankChoices().data?.topics ?? [];
  const isAsked = text.trim() !== "" || topic !== "";
  const found = useQuery({
    queryKey: ["bank-search", "kit", text.trim(), topic],
    queryFn: async ({ signal }) => {
      await pauseInTyping(signal);
      return findQuestions({ text, topics: topic ? [topic] : [], limit: RESULTS }, signal);
    },
    enabled: isAsked,
    placeholderData: keepPreviousData,
    networkMode: "always",
    retry: FRESH.retry,
  });
  const results = isAsked ? (found.data?.results ?? []) : [];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are pressed in the controls inside
    <div className={styles.search} onKeyDown={walk} data-field="search">
      <div className={styles.line}>
        <Search size={15} aria-hidden />
        <input
          type="search"
          className={fieldStyles.input}
          placeholder="Search the bank to add questions"
          aria-label="Search the bank to add questions"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          data-stop
        />
        <select
          className={fieldStyles.input}
          aria-label="Topic of the search"
          value={topic}
          onChange={(event) => setTopic(event.target.value)}
        >
          <option value="">Any topic</option>
          {topics.map(({ value, name, count }) => (
            <option key={value} value={value}>{`${name} (${count})`}</option>
          ))}
        </select>
      </div>
      {found.isError && <p role="alert">{found.error.message}</p>}
      {results.length > 0 && (
        <ul aria-label="Questions found">
          {results.map((question) => (
            <Result key={question.id} question={question} isIn={chosen.includes(question.id)} onAdd={onAdd} />
          ))}
        </ul>
      )}
      <p role="status">{isAsked && found.data && foundWords(found.data.total, found.data.corrected)}</p>
    </div>
  );
}

function foundWords(total: number, corrected: string | null): string {
  if (total === 0) return "Nothing was found. Try another word.";
  const instead = corrected === null ? "" : ` for “${corrected}”`;
  const more = total > RESULTS ? `; the first ${RESULTS} are shown` : "";
  return `${plural(total, "question")}${instead}${more}.`;
}

function Result({ question, isIn, onAdd }: { question: BankSummary; isIn: boolean; onAdd: KitSearchProps["onAdd"] }) {
  const { title, topicName, level, minutes } = question;
  return (
    <li>
      <button type="button" aria-disabled={isIn} onClick={() => !isIn && onAdd(question)} data-stop>
        <span>
          <b>{title}</b>
          <small>{`${topicName} · ${LEVEL_NAMES[level]} · ${minutes} min`}</small>
        </span>
        <span className={styles.add}>
          {isIn ? (
            "In the kit"
          ) : (
            <>
              <Plus size={14} aria-hidden /> Add
            </>
          )}
        </span>
      </button>
    </li>
  );
}

/** Takes the focus to the next or the previous stop: the field, then each result. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (isComposed(event.nativeEvent) || event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-stop]")];
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
