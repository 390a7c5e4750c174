import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { AuthoredQuestion } from "@whetstone/shared/authored";
import { ListPage } from "../../site/ListPage.tsx";
import { Refused } from "../../site/Refused.tsx";
import { dayText, plural } from "../../words.ts";
import { FRESH } from "../draft/useDraft.ts";
import { authoredQuestions } from "../requests.ts";
import { questionPublication } from "./question-draft.ts";
import styles from "./YourQuestionsPage.module.css";

const STATES = { draft: "Draft", changed: "Changed since it was published", published: null } as const;

/** The questions that were written or imported here: what waits to be finished first, what is archived folded away. */
export function YourQuestionsPage() {
  const list = useQuery({ ...FRESH, queryKey: ["own", "questions", "all"], queryFn: authoredQuestions });
  const questions = list.data ?? [];
  const isPublished = ({ id, draft, published }: AuthoredQuestion) =>
    questionPublication(id, draft, published) === "published";
  const active = questions.filter(({ archived }) => !archived);
  const waiting = active.filter((own) => !isPublished(own));
  const published = active.filter(isPublished);
  const archived = questions.filter((own) => own.archived);
  return (
    <ListPage
      title="Your questions"
      lead="Written or imported here. What is published stands in the bank beside the packs."
    >
      {list.error && <Refused error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.length === 0 && (
        <p className={styles.none}>
          There are none yet. Write one, import some, or copy one of the bank and change it.
        </p>
      )}
      <Group title="To be finished" questions={waiting} />
      <Group title="Published" questions={published} />
      {archived.length > 0 && (
        <details>
          <summary>{plural(archived.length, "archived question")}</summary>
          <Questions questions={archived} />
        </details>
      )}
    </ListPage>
  );
}

function Group({ title, questions }: { title: string; questions: readonly AuthoredQuestion[] }) {
  if (questions.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <Questions questions={questions} />
    </section>
  );
}

function Questions({ questions }: { questions: readonly AuthoredQuestion[] }) {
  return (
    <ul className={styles.questions}>
      {questions.map(({ id, draft, published, archived, changedAt }) => {
        const state = archived ? null : STATES[questionPublication(id, draft, published)];
        const changed = dayText(changedAt);
        return (
          <li key={id}>
            <Link to="/bank/own/$questionId" params={{ questionId: id }} className={styles.question}>
              <span className={styles.title}>
                {draft.title.trim() || draft.prompt.trim().slice(0, 80) || "Without a title"}
              </span>
              <span className={styles.about}>
                {[state, draft.level, `${draft.minutes} min`, `changed ${changed}`].filter(Boolean).join(" · ")}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
