import { useQuery } from "@tanstack/react-query";
import type { KitDraft } from "@whetstone/shared/authored";
import { LEVEL_NAMES, PHASE_NAMES, plural } from "../../words.ts";
import { FRESH } from "../draft/useDraft.ts";
import { findQuestions } from "../requests.ts";
import styles from "./KitFigures.module.css";
import {
  levelsOf,
  minutesOfKit,
  minuteWarnings,
  type Probing,
  topicsOf,
  unprobedCompetencies,
  untouchedTopics,
} from "./kit-facts.ts";
import { type KitEntries, knownEntries } from "./useKitEntries.ts";

interface KitFiguresProps {
  readonly draft: KitDraft;
  readonly entries: KitEntries;
}

/** What the kit adds up to, as it is put together: minutes, topics, levels, and which competencies nothing probes. */
export function KitFigures({ draft, entries }: KitFiguresProps) {
  const questions = knownEntries(draft, entries);
  const warnings = minuteWarnings(draft);
  return (
    <div className={styles.figures}>
      <Minutes draft={draft} />
      <div className={styles.said} role="status">
        {warnings.length > 0 && (
          <ul className={styles.warnings}>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        )}
      </div>
      {questions.length > 0 && (
        <>
          <Competencies draft={draft} questions={questions} />
          <Topics packs={[...new Set(questions.map(({ pack }) => pack))]} questions={questions} />
        </>
      )}
    </div>
  );
}

function Minutes({ draft }: { draft: KitDraft }) {
  const { planned, forQuestions, phases, slot } = minutesOfKit(draft);
  return (
    <section>
      <h3>Minutes</h3>
      <p className={styles.line}>
        <span>Questions</span>
        <b data-over={planned > forQuestions}>{`${planned} of ${forQuestions}`}</b>
      </p>
      <div className={styles.bar} data-over={planned > forQuestions}>
        <i style={{ "--share": share(planned, Math.max(forQuestions, planned)) }} />
      </div>
      <p className={styles.line}>
        <span>Phases</span>
        <b data-over={phases !== slot}>{`${phases} of ${slot}`}</b>
      </p>
      <div className={styles.bar} data-over={phases > slot}>
        {draft.phases.map(({ kind, minutes }) => (
          <i
            key={kind}
            data-kind={kind}
            title={`${PHASE_NAMES[kind]}: ${minutes} min`}
            style={{ "--share": share(minutes, Math.max(slot, phases)) }}
          />
        ))}
      </div>
    </section>
  );
}

const share = (part: number, whole: number): string => `${whole === 0 ? 0 : (part / whole) * 100}%`;

function Competencies({ draft, questions }: { draft: KitDraft; questions: readonly Probing[] }) {
  if (draft.competencies.every((competency) => competency.trim() === "")) return null;
  const { by, competencies } = unprobedCompetencies(draft, questions);
  const isSure = by === "probes";
  return (
    <section>
      <h3>Competencies</h3>
      {competencies.length === 0 ? (
        <p className={styles.quiet}>
          {isSure ? "Each is probed by a question." : "Each seems to be probed by a question."}
        </p>
      ) : (
        <>
          <p className={styles.quiet}>{isSure ? "No question probes:" : "No question seems to probe:"}</p>
          <ul className={styles.without}>
            {competencies.map((competency) => (
              <li key={competency}>{competency}</li>
            ))}
          </ul>
        </>
      )}
      {!isSure && (
        <p className={styles.hint}>
          No question says yet what it probes, so this goes by the words of titles, tags, topics and criteria.
        </p>
      )}
    </section>
  );
}

function Topics({ packs, questions }: { packs: readonly string[]; questions: readonly Probing[] }) {
  const all = useQuery({
    queryKey: ["bank-search", "topics", packs],
    queryFn: async ({ signal }) => (await findQuestions({ packs: [...packs] }, signal)).choices.topics,
    networkMode: "always",
    retry: FRESH.retry,
  });
  const untouched = untouchedTopics(
    (all.data ?? []).map(({ value, name }) => ({ id: value, name })),
    questions,
  );
  return (
    <>
      <section>
        <h3>Levels</h3>
        <p className={styles.quiet}>
          {levelsOf(questions)
            .map(({ level, count }) => `${count} ${LEVEL_NAMES[level]}`)
            .join(", ")}
        </p>
      </section>
      <section>
        <h3>Topics</h3>
        <ul className={styles.topics}>
          {topicsOf(questions).map(({ id, name, count }) => (
            <li key={id}>
              <span>{name}</span>
              <small>{plural(count, "question")}</small>
            </li>
          ))}
        </ul>
        {untouched.length > 0 && (
          <details className={styles.untouched}>
            <summary>{plural(untouched.length, "topic")} it does not touch</summary>
            <p>{untouched.map(({ name }) => name).join(" · ")}</p>
          </details>
        )}
      </section>
    </>
  );
}
