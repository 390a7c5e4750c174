import { Link } from "@tanstack/react-router";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { HostView } from "@whetstone/shared/room/view/host";
import { Logo } from "../../../ui/Logo.tsx";
import { Markdown } from "../../../ui/Markdown.tsx";
import { Section } from "../../../ui/Section.tsx";
import { plural } from "../../../words.ts";
import { WayBack } from "../../people/WayBack.tsx";
import { SavedState } from "../../saved/SavedState.tsx";
import { Rubric } from "../../scorecard/Rubric.tsx";
import { useSend } from "../../store/context.tsx";
import styles from "./Review.module.css";

/** One's own answers beside what the bank says of them: what one said is ticked, and what one rates oneself stands by the anchors. */
export function Review({ view }: { view: HostView }) {
  const said = view.asks.reduce((sum, { askId }) => sum + (view.scorecard.heard[askId]?.length ?? 0), 0);
  const points = view.asks.reduce((sum, { question }) => sum + question.strongAnswer.length, 0);
  return (
    <div className={styles.page}>
      <title>{`Your answers · ${view.room.title} · Whetstone`}</title>
      <header className={styles.header}>
        <Logo />
        <span className={styles.right}>
          <SavedState />
          <Link to="/">Your rooms</Link>
          <WayBack />
        </span>
      </header>
      <main className={styles.main}>
        <div>
          <h1>Your answers</h1>
          <p className={styles.lead}>
            {plural(view.asks.length, "question")}, {said} of {plural(points, "key point")} said. Tick what you said, in
            whatever words, and choose the anchor that sounds like you.
          </p>
        </div>
        {view.asks.map((ask) => (
          <Answer key={ask.askId} view={view} ask={ask} />
        ))}
      </main>
    </div>
  );
}

function Answer({ view, ask }: { view: HostView; ask: PanelAsk }) {
  const { question } = ask;
  return (
    <Section
      title={`${ask.number}. ${question.title}`}
      hint={[question.level, question.topic].filter(Boolean).join(" · ")}
    >
      <div className={styles.prompt}>
        <Markdown text={question.prompt} />
      </div>
      <div className={styles.beside}>
        <div>
          <h3>What you wrote</h3>
          <pre className={styles.answer} dir="auto">
            {ask.answer || "Nothing; you said it aloud."}
          </pre>
        </div>
        {question.strongAnswer.length > 0 && (
          <div>
            <h3>What a strong answer holds</h3>
            <KeyPoints view={view} ask={ask} />
          </div>
        )}
      </div>
      <Rubric numbered ask={ask} scorecard={view.scorecard} />
    </Section>
  );
}

function KeyPoints({ view, ask }: { view: HostView; ask: PanelAsk }) {
  const send = useSend();
  const heard = view.scorecard.heard[ask.askId] ?? [];
  return (
    <ul className={styles.points}>
      {ask.question.strongAnswer.map((point, keyPoint) => (
        <li key={point} data-said={heard.includes(keyPoint)}>
          <label>
            <input
              type="checkbox"
              checked={heard.includes(keyPoint)}
              onChange={({ target }) => send({ type: "tick", askId: ask.askId, keyPoint, heard: target.checked })}
            />
            <Markdown text={point} inline />
          </label>
        </li>
      ))}
    </ul>
  );
}
