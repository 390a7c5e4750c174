import { useQuery } from "@tanstack/react-query";
import { QuestionLevel } from "@whetstone/shared/bank";
import type { Rest } from "@whetstone/shared/practice/matching/commands";
import type { PracticeMinutes, Wishes } from "@whetstone/shared/practice/matching/wishes";
import { LIMITS } from "@whetstone/shared/room/limits";
import { asName } from "@whetstone/shared/visible";
import { type FormEvent, useRef, useState } from "react";
import { practiceTopics } from "../../api/bank.ts";
import { keepWishes, lastWishes } from "../../browser/practice-partners.ts";
import { keepLastName, lastName } from "../../browser/remembered.ts";
import { Button } from "../../ui/Button.tsx";
import { Chips } from "../../ui/Chips.tsx";
import { Field, fieldStyles, Input } from "../../ui/Field.tsx";
import { useFaults } from "../../ui/faults.ts";
import { nameFault } from "../../ui/name-fault.ts";
import { LEVEL_WORDS, withLevel, withTopic } from "../start/wishes.ts";
import { TOPICS_MOST } from "./again.ts";
import { FIRST_HOURS, rowsOf, weeklyHours } from "./hours.ts";
import styles from "./SearchForm.module.css";
import type { Search } from "./seeking.ts";
import { WhenFields, type WhenForm } from "./WhenFields.tsx";
import { firstLanguage, LANGUAGES, languageName } from "./words.ts";

interface SearchFormProps {
  /** Set where somebody looks for the rest of a practice. */
  readonly rest: Rest | null;
  readonly isConnected: boolean;
  /** Gives why one could not enter, in a sentence, or null. */
  readonly onSearch: (search: Search) => Promise<string | null>;
}

interface Form extends Omit<Wishes, "when"> {
  readonly name: string;
  readonly when: WhenForm;
}

const MINUTES = [25, 40] as const satisfies readonly PracticeMinutes[];
const LEVELS = QuestionLevel.options.map((value) => ({ value, label: LEVEL_WORDS[value] }));
const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** As it was filled in last in this browser. */
function firstForm(): Form {
  const kept = lastWishes();
  const when = kept?.when;
  return {
    name: lastName(),
    levels: kept?.levels ?? ["working"],
    topics: kept?.topics ?? [],
    minutes: kept?.minutes ?? [25],
    language: kept?.language ?? firstLanguage(navigator.languages),
    when:
      when?.kind === "hours"
        ? { kind: "hours", rows: rowsOf(when.hours), zone: when.zone }
        : { kind: "now", rows: FIRST_HOURS, zone: ownZone() },
  };
}

/** The wishes of a form, or what is wrong with its hours. */
function wishesOf({ name, when, ...wishes }: Form): { readonly wishes: Wishes } | { readonly problem: string } {
  if (when.kind === "now") return { wishes: { ...wishes, when: { kind: "now" } } };
  const read = weeklyHours(when.rows);
  return "problem" in read
    ? read
    : { wishes: { ...wishes, when: { kind: "hours", zone: when.zone, hours: read.hours } } };
}

/** What somebody looks for, and when they can. */
export function SearchForm({ rest, isConnected, onSearch }: SearchFormProps) {
  const [form, setForm] = useState(firstForm);
  const element = useRef<HTMLFormElement>(null);
  const { faults: wrong, found, mending } = useFaults(element);
  const [refused, setRefused] = useState<string | null>(null);
  const [isEntering, setEntering] = useState(false);
  const topics = useQuery({ queryKey: ["topics-to-practise"], queryFn: practiceTopics, retry: 1 });
  const set = (change: Partial<Form>) => {
    setForm({ ...form, ...change });
    mending(Object.keys(change));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const name = form.name.trim();
    const read = wishesOf(form);
    const fault = nameFault(name, LIMITS.name, "Write the name that your partner will see.");
    found({
      ...(fault !== undefined && { name: fault }),
      ...("problem" in read && { when: read.problem }),
    });
    if (fault !== undefined || "problem" in read) return;
    const seen = asName(name);
    keepLastName(seen);
    keepWishes(read.wishes);
    setEntering(true);
    setRefused(await onSearch({ name: seen, wishes: read.wishes, ...(rest && { rest }) }));
    setEntering(false);
  };
  const known = topics.data?.topics ?? [];
  return (
    <form ref={element} onSubmit={submit} className={styles.form} noValidate>
      <div className={styles.two}>
        <Field label="Your name" error={wrong.name} hint="Your partner sees it once both of you have accepted.">
          <Input
            className={fieldStyles.input ?? ""}
            value={form.name}
            autoComplete="name"
            onChange={({ target }) => set({ name: target.value })}
          />
        </Field>
        <Field label="Language">
          <select
            aria-label="Language"
            className={fieldStyles.input}
            value={form.language}
            onChange={({ target }) => set({ language: target.value })}
          >
            {LANGUAGES.map((code) => (
              <option key={code} value={code} lang={code}>
                {languageName(code)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Chips
        legend="Level"
        kind="checkbox"
        name="seek-level"
        options={LEVELS}
        chosen={form.levels}
        onChoose={(level, isIn) => set({ levels: withLevel(form.levels, level, isIn) })}
      />
      <Chips
        legend="Minutes of each round"
        kind="checkbox"
        name="seek-minutes"
        options={MINUTES.map((value) => ({ value, label: `2 × ${value}` }))}
        chosen={form.minutes}
        onChoose={(minutes, isIn) => {
          const chosen = MINUTES.filter((one) => (one === minutes ? isIn : form.minutes.includes(one)));
          if (chosen.length > 0) set({ minutes: chosen });
        }}
      />
      {known.length > 0 && (
        <details className={styles.topics} open={form.topics.length > 0}>
          <summary>
            Topics <span>{form.topics.length === 0 ? "any" : `${form.topics.length} chosen`}</span>
          </summary>
          <Chips
            legend={<span className="visually-hidden">To choose from</span>}
            kind="checkbox"
            name="seek-topic"
            options={known.map(({ id, name }) => ({ value: id, label: name }))}
            chosen={form.topics}
            onChoose={(topic, isIn) => set({ topics: withTopic(form.topics, topic, isIn).slice(0, TOPICS_MOST) })}
          />
        </details>
      )}
      <WhenFields when={form.when} problem={wrong.when} onWhen={(when) => set({ when })} />
      <div className={styles.submit}>
        <Button type="submit" look="primary" large disabled={isEntering || !isConnected}>
          {isConnected ? "Look for a partner" : "Connecting…"}
        </Button>
        {refused !== null && <p role="alert">{refused}</p>}
      </div>
    </form>
  );
}
