import { Link } from "@tanstack/react-router";
import type { KitDraft } from "@whetstone/shared/own";
import { Markdown } from "../../ui/Markdown.tsx";
import { LEVEL_NAMES, PHASE_NAMES } from "../../words.ts";
import styles from "./KitReading.module.css";
import { entryTitle, type KitEntries } from "./useKitEntries.ts";

/** A kit to read: what it is for, how it is divided, and its questions in order. */
export function KitReading({ draft, entries }: { draft: KitDraft; entries: KitEntries }) {
  return (
    <div className={styles.kit}>
      <p className={styles.role}>{`${draft.role} · ${draft.minutes} min`}</p>
      <div className={styles.description}>
        <Markdown text={draft.description} />
      </div>
      <section>
        <h2>Questions</h2>
        <ol className={styles.questions}>
          {draft.questions.map(({ question, minutes }, index) => (
            <li key={question}>
              <span>{index + 1}</span>
              <QuestionLink id={question} entries={entries} />
              <span>{minutes} min</span>
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h2>Competencies</h2>
        <ul>
          {draft.competencies.map((competency) => (
            <li key={competency}>{competency}</li>
          ))}
        </ul>
      </section>
      <section>
        <h2>Phases</h2>
        <p>{draft.phases.map(({ kind, minutes }) => `${PHASE_NAMES[kind]} ${minutes} min`).join(" · ")}</p>
      </section>
    </div>
  );
}

function QuestionLink({ id, entries }: { id: string; entries: KitEntries }) {
  const entry = entries.get(id);
  return (
    <span className={styles.title}>
      <Link to="/bank/questions/$questionId" params={{ questionId: id }}>
        {entryTitle(id, entries)}
      </Link>
      {entry && <small>{`${entry.topicName} · ${LEVEL_NAMES[entry.level]}`}</small>}
    </span>
  );
}
