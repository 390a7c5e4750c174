import { Link } from "@tanstack/react-router";
import type { KitDraft } from "@whetstone/shared/authored";
import { Markdown } from "../../ui/Markdown.tsx";
import { LEVEL_NAMES, PHASE_NAMES } from "../../words.ts";
import styles from "./KitReading.module.css";
import { competencyRows } from "./kit-draft.ts";
import { probesInWords, weightInWords } from "./kit-facts.ts";
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
          {draft.questions.map(({ question, minutes, probes }, index) => (
            <li key={question}>
              <span>{index + 1}</span>
              <QuestionLink id={question} probes={probes} entries={entries} />
              <span>{minutes} min</span>
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h2>Competencies</h2>
        <ol>
          {competencyRows(draft).map(({ name, weight, reason }) => (
            <li key={name}>
              {name}
              {weight !== 1 && <small className={styles.weight}>{`It ${weightInWords(weight)}: ${reason}`}</small>}
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h2>Phases</h2>
        <p>{draft.phases.map(({ kind, minutes }) => `${PHASE_NAMES[kind]} ${minutes} min`).join(" · ")}</p>
      </section>
    </div>
  );
}

interface QuestionLinkProps {
  readonly id: string;
  /** Numbers of competencies. */
  readonly probes: readonly number[];
  readonly entries: KitEntries;
}

function QuestionLink({ id, probes, entries }: QuestionLinkProps) {
  const entry = entries.get(id);
  const about = [
    ...(entry ? [entry.topicName, LEVEL_NAMES[entry.level]] : []),
    ...(probes.length > 0 ? [probesInWords(probes)] : []),
  ];
  return (
    <span className={styles.title}>
      <Link to="/bank/questions/$questionId" params={{ questionId: id }}>
        {entryTitle(id, entries)}
      </Link>
      {about.length > 0 && <small>{about.join(" · ")}</small>}
    </span>
  );
}
