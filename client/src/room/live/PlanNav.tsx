import { titleOf } from "@whetstone/shared/question-title";
import type { PlanItem } from "@whetstone/shared/room/course/commands";
import { remainingMs } from "@whetstone/shared/room/course/timer";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import { useId } from "react";
import { clockText, PHASE_NAMES } from "../../words.ts";
import { type Asking, ahead, askedByYou } from "../asking/asking.ts";
import { Whose } from "../asking/Whose.tsx";
import { WhyWaits, waits } from "../asking/WhyWaits.tsx";
import { useSend, useServerNow } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./PlanNav.module.css";
import type { Selection } from "./selection.ts";

export interface PlanNavProps {
  readonly view: QuestionsView;
  readonly asking: Asking;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onAsk: (itemId: string) => void;
  /** Null where nothing but the plan is asked. */
  readonly onBank: (() => void) | null;
}

/** The plan with what was asked, by phase; what was asked beside the plan follows it. */
export function PlanNav({ view, asking, selection, onSelect, onAsk, onBank }: PlanNavProps) {
  const { phases } = view.room;
  const why = useId();
  const beside = view.asks.filter(({ planItemId }) => !view.plan.some(({ itemId }) => itemId === planItemId));
  const items = (
    <ul>
      {view.plan.map((item) => {
        const ask = view.asks.find(({ planItemId }) => planItemId === item.itemId);
        return (
          <li key={item.itemId}>
            {ask ? (
              <AskRow view={view} ask={ask} selection={selection} onSelect={onSelect} />
            ) : (
              <PlannedRow
                view={view}
                item={item}
                isNext={item === asking.next}
                mayAsk={asking.may(item.itemId)}
                why={waits(view) ? why : undefined}
                selection={selection}
                onSelect={onSelect}
                onAsk={onAsk}
              />
            )}
          </li>
        );
      })}
      {beside.map((ask) => (
        <li key={ask.askId}>
          <AskRow view={view} ask={ask} selection={selection} onSelect={onSelect} />
        </li>
      ))}
    </ul>
  );
  const mayAskPlanned = ahead(view).some(({ itemId }) => asking.may(itemId));
  const hasQuestionPhase = phases.some(({ kind }) => kind === "questions");
  return (
    <nav className={styles.nav} aria-label="Plan">
      {mayAskPlanned && <WhyWaits view={view} id={why} />}
      {phases.map(({ kind, minutes }) => (
        <div key={kind}>
          <Phase view={view} kind={kind} minutes={minutes} />
          {kind === "questions" && items}
        </div>
      ))}
      {!hasQuestionPhase && items}
      {onBank && (
        <button type="button" className={styles.bank} onClick={onBank}>
          Question bank <kbd>/</kbd>
        </button>
      )}
    </nav>
  );
}

type PhaseKind = QuestionsView["room"]["phases"][number]["kind"];

function Phase({ view, kind, minutes }: { view: QuestionsView; kind: PhaseKind; minutes: number }) {
  const send = useSend();
  const now = useServerNow();
  const isNow = view.planPhase?.kind === kind;
  const timer = isNow ? (view.planPhase?.timer ?? null) : null;
  const left = timer && remainingMs(timer, now);
  const time = left === null ? `${minutes} min` : left < 0 ? `${clockText(-left)} over` : `${clockText(left)} left`;
  return (
    <button
      type="button"
      className={styles.phase}
      aria-current={isNow ? "step" : undefined}
      disabled={view.role !== "host" || isNow}
      onClick={() => send({ type: "enterPhase", phase: kind })}
      title={view.role === "host" && !isNow ? "Go to this phase" : undefined}
    >
      {PHASE_NAMES[kind]} <span data-over={left ? left < 0 : false}>{time}</span>
    </button>
  );
}

interface RowProps {
  readonly view: QuestionsView;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
}

function AskRow({ view, ask, selection, onSelect }: RowProps & { ask: PanelAsk }) {
  const isOpen = ask.askId === view.openAskId;
  const isShown = selection === null ? isOpen : selection.kind === "ask" && selection.askId === ask.askId;
  return (
    <button
      type="button"
      className={styles.item}
      data-state={isOpen ? "open" : "asked"}
      aria-current={isShown ? "true" : undefined}
      onClick={() => onSelect(isOpen ? null : { kind: "ask", askId: ask.askId })}
    >
      <span aria-hidden>{isOpen ? "●" : "✓"}</span>
      <span className={styles.named}>
        <b>{titleOf(ask.question)}</b>
        {ask.askedBy && <small>asked by {askedByYou(view, ask) ? "you" : ask.askedBy.name}</small>}
      </span>
      <em>{ask.minutes}</em>
      <span className="visually-hidden">{isOpen ? ", asked now" : ", asked"}</span>
    </button>
  );
}

interface PlannedRowProps extends RowProps {
  readonly item: PlanItem;
  readonly isNext: boolean;
  readonly mayAsk: boolean;
  /** What says why it cannot be asked just now. */
  readonly why: string | undefined;
  readonly onAsk: (itemId: string) => void;
}

function PlannedRow({ view, item, isNext, mayAsk, why, selection, onSelect, onAsk }: PlannedRowProps) {
  const isShown = selection?.kind === "plan" && selection.itemId === item.itemId;
  return (
    <span className={styles.planned}>
      <button
        type="button"
        className={styles.item}
        aria-current={isShown ? "true" : undefined}
        onClick={() => onSelect({ kind: "plan", itemId: item.itemId })}
      >
        <span aria-hidden />
        <span className={styles.named}>
          <b>{item.title}</b>
          <Whose view={view} itemId={item.itemId} />
        </span>
        <em>{item.minutes}</em>
      </button>
      {mayAsk && (
        <button
          type="button"
          className={styles.ask}
          data-next={isNext}
          disabled={view.room.phase !== "live"}
          aria-describedby={why}
          onClick={() => onAsk(item.itemId)}
          aria-label={`Ask ${isNext ? "A " : ""}${item.title}`}
        >
          Ask {isNext && <kbd>A</kbd>}
        </button>
      )}
    </span>
  );
}
