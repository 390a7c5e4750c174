import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { CSSProperties } from "react";
import { Button } from "../../ui/Button.tsx";
import { Markdown } from "../../ui/Markdown.tsx";
import { scrollStop } from "../../ui/scroll-stop.ts";
import { DEVIATION_NAMES, elapsedText } from "../../words.ts";
import { askedByYou, askingIn } from "../asking/asking.ts";
import { BeginQuiet } from "../quiet/BeginQuiet.tsx";
import { BesidePanelProgram } from "../runs/BesideProgram.tsx";
import { useRoom, useSend } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./AskPane.module.css";
import { nextReveal } from "./reveals.ts";

interface AskPaneProps {
  readonly view: QuestionsView;
  readonly ask: PanelAsk;
  /** How much of the height it was given by hand, in percent. */
  readonly share: number | null;
  readonly onFollow: () => void;
}

/** The question as the candidate sees it, and beneath it, on the violet wash, what can still be revealed. */
export function AskPane({ view, ask, share, onFollow }: AskPaneProps) {
  const send = useSend();
  const { question } = ask;
  const deviation = DEVIATION_NAMES[ask.deviation];
  const isOpen = ask.askId === view.openAskId;
  const isYours = askedByYou(view, ask);
  const moves = view.role === "host" || isYours;
  const { present } = useRoom();
  const candidate = view.people.find(({ role }) => role === "candidate");
  return (
    <div
      className={styles.ask}
      data-ask={ask.askId}
      data-sized={share !== null}
      style={share === null ? undefined : ({ "--prompt-share": `${share}%` } as CSSProperties)}
      {...scrollStop("The question and what can be revealed")}
    >
      <h2 className="visually-hidden">The question</h2>
      <div className={styles.meta}>
        <span className={styles.about}>
          {question.level && <span className={styles.level}>{question.level}</span>}
          {question.topic !== null && <span className={styles.topic}>{question.topic}</span>}
          <span>{ask.minutes} min</span>
        </span>
        {deviation !== null && <span>{deviation}</span>}
        {ask.askedBy && <span>Asked by {isYours ? <b>you</b> : <bdi>{ask.askedBy.name}</bdi>}</span>}
        {isOpen ? (
          <SeenBy
            name={candidate?.name ?? "The candidate"}
            isHere={candidate !== undefined && present.has(candidate.seatId) && !candidate.movedOut}
            isInLobby={candidate?.movedOut === true}
          />
        ) : (
          <span className={styles.closed}>
            Closed
            {moves && mayReopen(view, ask) && (
              <Button
                disabled={view.room.phase !== "live"}
                onClick={() => send({ type: "reopenAsk", askId: ask.askId })}
              >
                Reopen
              </Button>
            )}
            {view.openAskId !== null && <Button onClick={onFollow}>To the open question</Button>}
          </span>
        )}
        {isOpen && view.role === "host" && !view.quiet && (
          <BeginQuiet askId={ask.askId} look="quiet" disabled={view.room.phase !== "live"} />
        )}
        {isOpen && moves && (
          <Button look="quiet" onClick={() => send({ type: "closeAsk", askId: ask.askId })}>
            Close
          </Button>
        )}
      </div>
      <div className={styles.prompt} data-testid="prompt">
        <Markdown text={question.prompt} />
        {question.workspace && <BesidePanelProgram workspace={question.workspace} />}
      </div>
      <Reveals view={view} ask={ask} />
    </div>
  );
}

/** To open a question again is to ask it again. */
function mayReopen(view: QuestionsView, { planItemId }: PanelAsk): boolean {
  const { anything, may } = askingIn(view);
  return anything || (planItemId !== null && may(planItemId));
}

const AWAY = "is offline, and will see this once they are back";

/** Whether the question is on the candidate's screen: what is asked while they are away waits for them. */
function SeenBy({ name, isHere, isInLobby }: { name: string; isHere: boolean; isInLobby: boolean }) {
  const isAway = isInLobby ? "is in the lobby, and sees this once they are let in again" : AWAY;
  return (
    <span className={styles.seen} data-here={isHere} role="status">
      <bdi>{name}</bdi> {isHere ? "sees this" : isAway}
    </span>
  );
}

function Reveals({ view, ask }: { view: QuestionsView; ask: PanelAsk }) {
  const { hints, followUps } = ask.question;
  if (hints.length + followUps.length === 0) return null;
  const waits = view.room.phase === "paused" && view.role !== "observer";
  return (
    <ul className={styles.reveals}>
      {waits && (
        <li className={styles.waits} id={WAITS}>
          The interview is paused. Hints and follow-ups can be revealed once it goes on.
        </li>
      )}
      {hints.map((text, index) => (
        <RevealRow key={text} view={view} ask={ask} kind="hint" index={index} text={text} />
      ))}
      {followUps.map(({ ask: text, probes }, index) => (
        <RevealRow key={text} view={view} ask={ask} kind="followUp" index={index} text={text} probes={probes} />
      ))}
    </ul>
  );
}

/** Names the line that says why nothing can be revealed just now. */
const WAITS = "reveals-wait";

interface RevealRowProps {
  readonly view: QuestionsView;
  readonly ask: PanelAsk;
  readonly kind: "hint" | "followUp";
  readonly index: number;
  readonly text: string;
  readonly probes?: string;
}

function RevealRow({ view, ask, kind, index, text, probes }: RevealRowProps) {
  const send = useSend();
  const out = ask.revealed.find((revealed) => revealed.kind === kind && revealed.index === index);
  const isNext = ask.askId === view.openAskId && nextReveal(ask, kind) === index;
  const key = kind === "hint" ? "H" : "F";
  const name = kind === "hint" ? `Hint ${index + 1}` : `Follow-up ${index + 1}`;
  return (
    <li className={styles.reveal} data-out={out !== undefined}>
      <span>{name}</span>
      <span title={probes && `Probes ${probes}`}>
        <Markdown text={text} inline />
        {probes && isNext && <small> Probes {probes}.</small>}
      </span>
      {out ? (
        <small className={styles.time}>revealed {elapsedText(out.elapsedMs)}</small>
      ) : (
        view.role !== "observer" && (
          <Button
            disabled={view.room.phase !== "live"}
            aria-describedby={view.room.phase === "paused" ? WAITS : undefined}
            onClick={() => send({ type: "reveal", askId: ask.askId, kind, index })}
            aria-label={`Reveal ${isNext ? `${key}: ` : ""}${name}`}
          >
            Reveal {isNext && <kbd>{key}</kbd>}
          </Button>
        )
      )}
    </li>
  );
}
