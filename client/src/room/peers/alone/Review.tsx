import { titleOf } from "@whetstone/shared/question-title";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { HostView } from "@whetstone/shared/room/view/host";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { Button } from "../../../ui/Button.tsx";
import { Markdown } from "../../../ui/Markdown.tsx";
import { Section } from "../../../ui/Section.tsx";
import { plural } from "../../../words.ts";
import { Drawn } from "../../drawn/Drawn.tsx";
import { Frame } from "../../frame/Frame.tsx";
import { Replay } from "../../playback/Replay.tsx";
import { Rubric } from "../../scorecard/Rubric.tsx";
import { useRoom, useSend, useServerNow } from "../../store/context.tsx";
import styles from "./Review.module.css";

/** How long one waits before a question is answered anew as if it were new, in milliseconds. */
const A_DAY_MS = 20 * 3_600_000;

/** One's own answers beside what the bank says of them: what one said is ticked, and what one rates oneself stands by the anchors. */
export function Review({ view, peers }: { view: HostView; peers: PeersView }) {
  const before = peers.past.flatMap((round) =>
    round.you === "rated" && round.roundId < view.round.roundId ? round.asks : [],
  );
  const said = view.asks.reduce((sum, { askId }) => sum + (view.scorecard.heard[askId]?.length ?? 0), 0);
  const points = view.asks.reduce((sum, { question }) => sum + question.strongAnswer.length, 0);
  const counted = `${plural(view.asks.length, "question")}, ${said} of ${plural(points, "key point")} said.`;
  return (
    <Frame
      title="Your answers"
      lead={`${counted} Tick what you said, in whatever words, and choose the anchor that sounds like you.`}
      leadsHome
    >
      <title>{`Your answers · ${view.room.title} · Whetstone`}</title>
      {view.asks.map((ask) => (
        <Answer
          key={ask.askId}
          view={view}
          ask={ask}
          before={before.findLast(
            ({ question }) => question.bankId !== null && question.bankId === ask.question.bankId,
          )}
        />
      ))}
      <Again view={view} />
    </Frame>
  );
}

/** The same questions once more, a day later, without what was uncovered of them. */
function Again({ view }: { view: HostView }) {
  const send = useSend();
  const now = useServerNow();
  const { pending } = useRoom();
  const questionIds = view.asks.flatMap(({ question }) => question.bankId ?? []);
  if (questionIds.length === 0) return null;
  const isLater = now - (view.room.endedAt ?? now) >= A_DAY_MS;
  return (
    <section className={styles.again} aria-labelledby="again">
      <h2 id="again">Once more, blind</h2>
      <p>
        {isLater
          ? "It is a day later: answer them again, and see both answers side by side."
          : "Come back tomorrow: answered again after a day, you see what has stayed. Both answers will stand side by side."}
      </p>
      <Button
        look={isLater ? "primary" : "plain"}
        disabled={pending.has("askAgain")}
        onClick={() => send({ type: "askAgain", questionIds })}
      >
        {isLater ? "Answer them again" : "Answer them again now"}
      </Button>
    </section>
  );
}

function Answer({ view, ask, before }: { view: HostView; ask: PanelAsk; before: PanelAsk | undefined }) {
  const { question } = ask;
  return (
    <Section
      title={`${ask.number}. ${titleOf(question)}`}
      hint={[question.level, question.topic].filter(Boolean).join(" · ")}
    >
      <div className={styles.prompt}>
        <Markdown text={question.prompt} />
      </div>
      <div className={styles.beside}>
        {before && (
          <div>
            <h3>What you wrote before</h3>
            <pre className={styles.answer} dir="auto">
              {before.answer || "Nothing; you said it aloud."}
            </pre>
            <Drawn askId={before.askId} number={before.number} />
          </div>
        )}
        <div>
          <h3>{before ? "What you wrote now" : "What you wrote"}</h3>
          <pre className={styles.answer} dir="auto">
            {ask.answer || "Nothing; you said it aloud."}
          </pre>
          <Drawn askId={ask.askId} number={ask.number} isReplayed />
          <Replay askId={ask.askId} number={ask.number} />
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
