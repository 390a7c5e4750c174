import { useNavigate, useParams } from "@tanstack/react-router";
import {
  type AuthoredQuestion,
  type QuestionDraft,
  questionOfDraft,
  WrittenQuestion,
} from "@whetstone/shared/authored";
import { useDeferredValue, useState } from "react";
import { browserStorage } from "../../browser/storage.ts";
import { Refused } from "../../site/Refused.tsx";
import { SiteHeader } from "../../site/SiteHeader.tsx";
import { Button } from "../../ui/Button.tsx";
import { FaultForm } from "../../ui/form/form.tsx";
import { Message } from "../../ui/Message.tsx";
import { PageHeading } from "../../ui/PageHeading.tsx";
import { KeptDraftPlace } from "../draft/kept-draft.ts";
import { SaveBar } from "../draft/SaveBar.tsx";
import { useAuthored, useDraftId, useDraftSaver, useSaveOnceAllowed } from "../draft/useDraft.ts";
import { questionServer } from "../requests.ts";
import { useBankWords } from "../useBankWords.ts";
import styles from "./EditQuestionPage.module.css";
import { QuestionForm } from "./QuestionForm.tsx";
import { CandidatePreview, InterviewerPreview } from "./QuestionPreview.tsx";
import { blankQuestion, questionPublication } from "./question-draft.ts";
import { questionFaults } from "./question-faults.ts";

const placeOf = (id: string) => new KeptDraftPlace(browserStorage, "question", id, WrittenQuestion);

/** Writes a question, or changes one of the user's own. */
export function EditQuestionPage() {
  const { questionId } = useParams({ from: "/bank/own/$questionId" });
  const draftId = useDraftId(questionId, "q");
  const own = useAuthored("questions", draftId, questionServer);
  const { id, begins } = draftId;
  if (begins) return <QuestionEditor key={id} id={id} own={null} isNew={questionId === "new"} />;
  if (own.isSuccess && (own.data !== null || placeOf(id).isKept)) {
    return <QuestionEditor key={id} id={id} own={own.data} isNew={false} />;
  }
  if (own.isSuccess) {
    return (
      <Message title="There is no such question of your own">
        Questions of a pack cannot be changed, but you can copy one from its page and change the copy.
      </Message>
    );
  }
  return (
    <div className={styles.page}>
      <title>A question · Whetstone</title>
      <SiteHeader />
      <main className={styles.waiting}>
        <PageHeading passing={!own.isError} className="visually-hidden">
          A question of your own
        </PageHeading>
        {own.isError ? (
          <>
            <Refused error={own.error} onRetry={() => void own.refetch()} />
            {placeOf(id).isKept && <p>What you wrote here and what is not saved yet is kept in this browser.</p>}
          </>
        ) : (
          <p>Loading…</p>
        )}
      </main>
    </div>
  );
}

interface QuestionEditorProps {
  readonly id: string;
  readonly own: AuthoredQuestion | null;
  /** Nothing of it was written yet. */
  readonly isNew: boolean;
}

function QuestionEditor({ id, own, isNew }: QuestionEditorProps) {
  const navigate = useNavigate();
  const { saver, snapshot } = useDraftSaver<AuthoredQuestion>(() => ({
    id,
    own,
    blank: blankQuestion(Date.now()),
    server: questionServer,
    place: placeOf(id),
  }));
  const bank = useBankWords();
  useSaveOnceAllowed(saver, bank.isReady);
  const [tried, setTried] = useState(0);
  // On a narrow screen there is room for one of both.
  const [shows, setShows] = useState<"form" | "preview">("form");
  const { draft } = snapshot;
  const made = questionOfDraft(id, draft);
  const faults = questionFaults("faults" in made ? made.faults : [], draft);
  const edit = (changed: QuestionDraft) => {
    if (isNew) void navigate({ to: "/bank/own/$questionId", params: { questionId: id }, replace: true });
    saver.edit(changed);
  };
  const publish = () => {
    setShows("form");
    setTried(tried + 1);
    if (faults.size === 0) saver.act("publish");
  };
  const title = draft.title.trim() || (isNew ? "Write a question" : "A question without a title");
  return (
    <div className={styles.page}>
      <title>{`${title} · Whetstone`}</title>
      <SiteHeader actions={null} />
      <main className={styles.main} data-shows={shows}>
        <SaveBar
          noun="question"
          title={title}
          saver={saver}
          snapshot={snapshot}
          publication={questionPublication(id, draft, snapshot.own?.published ?? null)}
          faults={faults}
          tried={tried}
          onPublish={publish}
        >
          <Button
            look="quiet"
            className={styles.switch}
            onClick={() => setShows(shows === "form" ? "preview" : "form")}
          >
            {shows === "form" ? "Preview" : "Go on writing"}
          </Button>
        </SaveBar>
        {bank.error && (
          <div className={styles.whole}>
            <Refused error={bank.error} onRetry={bank.retry} />
          </div>
        )}
        <FaultForm faults={faults} showAll={tried > 0} className={styles.form}>
          <QuestionForm draft={draft} words={bank.words} onChange={edit} />
        </FaultForm>
        <aside className={styles.side} aria-label="Preview">
          <Preview draft={draft} other={snapshot.theirs?.draft ?? snapshot.aside} />
        </aside>
      </main>
    </div>
  );
}

type Side = "candidate" | "interviewer" | "other";
const SIDES: Readonly<{ [side in Side]: string }> = {
  candidate: "As the candidate sees it",
  interviewer: "As the interviewer does",
  other: "The other version",
};

function Preview({ draft, other }: { draft: QuestionDraft; other: QuestionDraft | null }) {
  const [chosen, setChosen] = useState<Side>("candidate");
  const shown = useDeferredValue(draft);
  const side = chosen === "other" && !other ? "interviewer" : chosen;
  const sides: readonly Side[] = other ? ["candidate", "interviewer", "other"] : ["candidate", "interviewer"];
  return (
    <section className={styles.preview}>
      <fieldset className={styles.sides}>
        <legend className="visually-hidden">Preview</legend>
        {sides.map((name) => (
          <label key={name}>
            <input type="radio" name="side" checked={side === name} onChange={() => setChosen(name)} />
            {SIDES[name]}
          </label>
        ))}
      </fieldset>
      {side === "candidate" && <CandidatePreview draft={shown} />}
      {side === "interviewer" && <InterviewerPreview draft={shown} />}
      {side === "other" && other && <InterviewerPreview draft={other} />}
    </section>
  );
}
