import { isLocked } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import { Markdown } from "../../ui/Markdown.tsx";
import { useSend } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./WorkPane.module.css";

/** What the candidate writes, beside what a strong answer contains. */
export function WorkPane({ view, ask }: { view: QuestionsView; ask: PanelAsk }) {
  const candidate = view.people.find(({ role }) => role === "candidate")?.name;
  const isAmongPeers = view.role !== "observer" && view.peers !== undefined;
  return (
    <div className={styles.work}>
      <div className={styles.pane}>
        <h3>
          {candidate ? `${candidate}'s answer sheet` : "The answer sheet"}
          <span>as it is written</span>
        </h3>
        <pre className={styles.answer} data-testid="answer">
          {ask.answer || <em>Nothing is written yet.</em>}
        </pre>
      </div>
      <div className={`${styles.pane} ${styles.secret}`}>
        <h3>
          Strong answer{" "}
          <span>
            {isAmongPeers ? `${candidate ?? "Whoever answers"} does not see this` : "only the panel sees this"}
          </span>
        </h3>
        <StrongAnswer view={view} ask={ask} />
      </div>
    </div>
  );
}

function StrongAnswer({ view, ask }: { view: QuestionsView; ask: PanelAsk }) {
  const send = useSend();
  const { strongAnswer, redFlags, references } = ask.question;
  const heard = view.role === "observer" ? [] : (view.scorecard.heard[ask.askId] ?? []);
  if (strongAnswer.length === 0) {
    return (
      <p className={styles.none}>This question was typed in the room. It has no key points; rate what you hear.</p>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div className={styles.strong} tabIndex={0}>
      <ul>
        {strongAnswer.map((point, index) => (
          <li key={point}>
            {view.role === "observer" ? (
              <Markdown text={point} inline />
            ) : (
              <label>
                <input
                  type="checkbox"
                  checked={heard.includes(index)}
                  disabled={isLocked(view.scorecard)}
                  onChange={(event) =>
                    send({ type: "tick", askId: ask.askId, keyPoint: index, heard: event.target.checked })
                  }
                />
                <Markdown text={point} inline />
              </label>
            )}
          </li>
        ))}
      </ul>
      <h4>Red flags</h4>
      <ul className={styles.flags}>
        {redFlags.map((flag) => (
          <li key={flag}>
            <Markdown text={flag} inline />
          </li>
        ))}
      </ul>
      {references.length > 0 && <p className={styles.references}>{references.join("; ")}</p>}
    </div>
  );
}
