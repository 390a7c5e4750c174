import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { OwnQuestion } from "@whetstone/shared/own";
import { plural } from "../../words.ts";
import { ownQuestions } from "./api.ts";
import styles from "./OwnQuestions.module.css";
import { questionPublication } from "./question-draft.ts";
import { FRESH } from "./useDraft.ts";

/** The questions that were written on this server: what waits to be finished first, what is archived folded away. */
export function OwnQuestions() {
  const list = useQuery({ ...FRESH, queryKey: ["own", "questions", "all"], queryFn: ownQuestions });
  const questions = list.data ?? [];
  const waiting = questions.filter((own) => !own.archived && publicationOf(own) !== "published");
  const published = questions.filter((own) => !own.archived && publicationOf(own) === "published");
  const archived = questions.filter((own) => own.archived);
  if (questions.length === 0) return null;
  return (
    <section className={styles.own}>
      <h2>Or go on with one of yours</h2>
      <QuestionLinks questions={waiting} />
      <Folded name={plural(published.length, "published question")} questions={published} />
      <Folded name={plural(archived.length, "archived question")} questions={archived} />
    </section>
  );
}

const publicationOf = ({ id, draft, published }: OwnQuestion) => questionPublication(id, draft, published);

function Folded({ name, questions }: { name: string; questions: readonly OwnQuestion[] }) {
  if (questions.length === 0) return null;
  return (
    <details>
      <summary>{name}</summary>
      <QuestionLinks questions={questions} />
    </details>
  );
}

function QuestionLinks({ questions }: { questions: readonly OwnQuestion[] }) {
  return (
    <ul>
      {questions.map((own) => (
        <li key={own.id}>
          <Link to="/bank/own/$questionId" params={{ questionId: own.id }}>
            {own.draft.title.trim() || own.draft.prompt.trim().slice(0, 80) || "Without a title"}
          </Link>
          {!own.archived && publicationOf(own) === "draft" && <small>draft</small>}
          {!own.archived && publicationOf(own) === "changed" && <small>changed since it was published</small>}
        </li>
      ))}
    </ul>
  );
}
