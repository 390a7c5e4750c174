import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { LIMITS, Recommendation } from "@whetstone/shared/room/command";
import type { PanelAsk, PanelView, ScorecardView } from "@whetstone/shared/room/view";
import { coverage } from "@whetstone/shared/scorecard";
import { Download } from "lucide-react";
import { downloadExport } from "../../api.ts";
import { Button } from "../../ui/Button.tsx";
import { fieldStyles } from "../../ui/Field.tsx";
import { Markdown } from "../../ui/Markdown.tsx";
import { Message } from "../../ui/Message.tsx";
import { elapsedText, POLICY_NAMES, plural, RECOMMENDATION_NAMES } from "../../words.ts";
import { useRoom, useRoomContext, useSend } from "../context.tsx";
import styles from "./Ending.module.css";
import { Notes } from "./Notes.tsx";
import { OtherScorecard } from "./OtherScorecard.tsx";
import { Rubric } from "./Rubric.tsx";
import { SavedState } from "./SavedState.tsx";
import type { QuestionsView } from "./types.ts";
import { WayBack } from "./WayBack.tsx";

/** After the interview: finish the ratings, sum up, recommend, submit; then see what the policy opens, and export. */
export function Ending({ view }: { view: QuestionsView }) {
  if (view.role === "observer") {
    return <Message title="The interview is over">Thank you for observing. Scorecards stay with the panel.</Message>;
  }
  return <Finish view={view} />;
}

function Finish({ view }: { view: PanelView }) {
  const { room, asks, scorecard, others } = view;
  const used = view.timer.kind === "stopped" ? view.timer.totalMs - view.timer.remainingMs : 0;
  const candidate = view.people.find(({ role }) => role === "candidate")?.name ?? room.candidateName;
  const general = scorecard.notes.filter(({ askId }) => askId === null);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div>
          <h1>{candidate ?? room.title}</h1>
          <p>
            {[
              room.forRole,
              candidate && room.title,
              `${elapsedText(used)} of ${room.minutes}:00`,
              plural(asks.length, "question"),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <span className={styles.headerRight}>
          <SavedState />
          <Link to="/">Your rooms</Link>
          <WayBack />
        </span>
      </header>
      <main className={styles.main}>
        <div className={styles.asks}>
          {others.map((other) => (
            <OtherScorecard key={other.seatId} name={other.name} scorecard={other.scorecard} asks={asks} />
          ))}
          {asks.length === 0 && <p className={styles.quiet}>No question was asked.</p>}
          {asks.map((ask) => (
            <article key={ask.askId} id={ask.askId} className={styles.card}>
              <p className={styles.number}>
                Question {ask.number}
                {ask.deviation === "out_of_order" && " · asked out of order"}
                {ask.deviation === "not_in_plan" && " · not in the plan"}
              </p>
              <h2>{ask.question.title}</h2>
              <details>
                <summary>Question and answer</summary>
                <div className={styles.prompt}>
                  <Markdown text={ask.question.prompt} />
                </div>
                <pre>{ask.answer || "Nothing was written."}</pre>
              </details>
              <div className={styles.rubric}>
                <Rubric ask={ask} scorecard={scorecard} />
              </div>
              <OwnNotes view={view} ask={ask} />
            </article>
          ))}
          {general.length > 0 && (
            <article className={styles.card}>
              <h2>Notes between questions</h2>
              <OwnNotes view={view} />
            </article>
          )}
        </div>
        <aside className={styles.side}>
          <SumUp view={view} />
          <Exports />
        </aside>
      </main>
    </div>
  );
}

/** One's notes on an ask, or between asks: still open to change until the scorecard is submitted. */
function OwnNotes({ view, ask }: { view: PanelView; ask?: PanelAsk }) {
  const { scorecard, asks } = view;
  if (scorecard.submittedAt === null) {
    return (
      <div className={styles.notes}>
        <Notes ask={ask} asks={asks} scorecard={scorecard} others={false} />
      </div>
    );
  }
  const own = scorecard.notes.filter((note) => note.askId === (ask?.askId ?? null) && note.text.trim());
  if (own.length === 0) return null;
  return (
    <ul className={styles.locked}>
      {own.map(({ noteId, elapsedMs, mark, text }) => (
        <li key={noteId}>
          <time>{elapsedText(elapsedMs)}</time> {mark === "strength" ? "+ " : mark === "concern" ? "– " : ""}
          {text}
        </li>
      ))}
    </ul>
  );
}

function SumUp({ view }: { view: PanelView }) {
  const send = useSend();
  const { scorecard, room } = view;
  const locked = scorecard.submittedAt !== null;
  return (
    <section className={styles.card}>
      <h2>Your scorecard</h2>
      <Coverage view={view} />
      <fieldset disabled={locked} className={styles.recommendation}>
        <legend>Recommendation</legend>
        {Recommendation.options.map((recommendation) => (
          <label key={recommendation} data-recommendation={recommendation}>
            <input
              type="radio"
              name="recommendation"
              checked={scorecard.recommendation === recommendation}
              onChange={() => send({ type: "recommend", recommendation })}
            />
            {RECOMMENDATION_NAMES[recommendation]}
          </label>
        ))}
      </fieldset>
      <label className={styles.summary}>
        Summary
        <textarea
          rows={7}
          className={fieldStyles.input}
          maxLength={LIMITS.summary}
          value={scorecard.summary}
          readOnly={locked}
          placeholder="What you would say in the debrief, with the evidence for it"
          onChange={(event) => send({ type: "writeSummary", text: event.target.value })}
        />
      </label>
      {locked ? <Submitted scorecard={scorecard} room={room} others={view.others.length} /> : <Submit view={view} />}
    </section>
  );
}

function Coverage({ view }: { view: PanelView }) {
  const { rated, possible, unrated } = coverage(view.asks, view.scorecard);
  const unasked = view.plan.filter(({ itemId }) => !view.asks.some(({ planItemId }) => planItemId === itemId));
  return (
    <div className={styles.coverage}>
      <p>
        {rated} of {possible} ratings
        {unasked.length > 0 && `; planned and not asked: ${unasked.map(({ title }) => title).join(", ")}`}
      </p>
      {unrated.length > 0 && view.scorecard.submittedAt === null && (
        <details>
          <summary>{plural(unrated.length, "criterion", "criteria")} not rated</summary>
          <ul>
            {unrated.map(({ ask, criterion }) => (
              <li key={`${ask.askId}${criterion.id}`}>
                <a href={`#${ask.askId}`}>
                  {ask.question.title}: {criterion.name}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Submit({ view }: { view: PanelView }) {
  const send = useSend();
  const { store } = useRoomContext();
  const submit = () => {
    store.flush();
    send({ type: "submitScorecard" });
  };
  const missing = view.scorecard.recommendation === null;
  return (
    <div className={styles.submit}>
      <Button look="primary" large disabled={missing} onClick={submit}>
        Submit your scorecard
      </Button>
      <small>{missing ? "Choose a recommendation first." : "Once submitted it is locked."}</small>
    </div>
  );
}

interface SubmittedProps {
  readonly scorecard: ScorecardView;
  readonly room: PanelView["room"];
  readonly others: number;
}

function Submitted({ scorecard, room, others }: SubmittedProps) {
  const at = new Date(scorecard.submittedAt ?? 0).toLocaleString(undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (
    <p className={styles.submitted} role="status">
      <b>Submitted {at}.</b>{" "}
      {others > 0 ? "The others' scorecards stand at the left." : POLICY_NAMES[room.blindPolicy].meaning}
    </p>
  );
}

const FORMATS = [
  ["md", "Markdown"],
  ["csv", "CSV"],
  ["json", "JSON"],
] as const;

function Exports() {
  const { token } = useRoomContext();
  const { unsaved } = useRoom();
  const download = useMutation({ mutationFn: (format: (typeof FORMATS)[number][0]) => downloadExport(token, format) });
  return (
    <section className={styles.card}>
      <h2>Export</h2>
      <p className={styles.quiet}>What you may see of this room, and nothing else.</p>
      <div className={styles.exports}>
        {FORMATS.map(([format, name]) => (
          <Button key={format} disabled={download.isPending || unsaved > 0} onClick={() => download.mutate(format)}>
            <Download size={14} aria-hidden /> {name}
          </Button>
        ))}
      </div>
      {download.isError && <p role="alert">{download.error.message}</p>}
    </section>
  );
}
