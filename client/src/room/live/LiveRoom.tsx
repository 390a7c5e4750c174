import { LEVELS, type Level } from "@whetstone/shared/bank";
import { titleOf } from "@whetstone/shared/question-title";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import { type CSSProperties, type ReactNode, useRef, useState } from "react";
import { useKeys } from "../../browser/keys.ts";
import { useMedia } from "../../browser/media.ts";
import { usePaneShare } from "../../browser/pane-share.ts";
import { Button } from "../../ui/Button.tsx";
import { Separator } from "../../ui/Separator.tsx";
import { scrollStop } from "../../ui/scroll-stop.ts";
import { type Asking, askingIn, pushOf } from "../asking/asking.ts";
import { BankDrawer } from "../drawer/BankDrawer.tsx";
import { RubricBefore } from "../question/BeforeAsked.tsx";
import { QuietTime } from "../quiet/QuietTime.tsx";
import { Notes, type NotesHandle } from "../scorecard/Notes.tsx";
import { Rubric } from "../scorecard/Rubric.tsx";
import { ratingCommand } from "../scorecard/rating.ts";
import { useRoomContext, useSend } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import { TakeBack } from "../taking-back/TakeBack.tsx";
import { AskPane } from "./AskPane.tsx";
import { Header } from "./Header.tsx";
import styles from "./LiveRoom.module.css";
import { PlanNav } from "./PlanNav.tsx";
import { PlanPreview } from "./PlanPreview.tsx";
import { PlanStrip } from "./PlanStrip.tsx";
import { nextReveal } from "./reveals.ts";
import type { Selection } from "./selection.ts";
import { WorkPane } from "./WorkPane.tsx";
import { COMPACT, ROOMY } from "./widths.ts";

interface LiveRoomProps {
  readonly view: QuestionsView;
  /** What moves a round of peers on, in the place of the host's controls. */
  readonly controls?: ReactNode;
  /** What stands above the question. */
  readonly above?: ReactNode;
  /** What stands beneath the plan. */
  readonly beneath?: ReactNode;
}

/** The interview as it runs: plan, question, answer beside the strong answer, rubric and notes, on one screen. */
export function LiveRoom({ view, controls, above, beneath }: LiveRoomProps) {
  const send = useSend();
  const [selection, setSelection] = useState<Selection>(null);
  const [bankOpen, setBankOpen] = useState(false);
  const [mark, setMark] = useState<{ readonly askId: string; readonly criterionId: string } | null>(null);
  const [helpOpen, setHelpOpen] = useState(false);
  const notes = useRef<NotesHandle>(null);

  const openAsk = view.asks.find(({ askId }) => askId === view.openAskId);
  const ask = shownAsk(view, selection, openAsk);
  const planned = selection?.kind === "plan" ? view.plan.find(({ itemId }) => itemId === selection.itemId) : undefined;
  // Keys act on the question that is on the screen and open, and on no other.
  const live = ask && !planned && ask.askId === view.openAskId ? ask : undefined;
  const criteria = planned ? [] : (ask?.question.criteria ?? []);
  // The mark belongs to its question; each begins at its first criterion.
  const focused = criteria.find(({ id }) => mark?.askId === ask?.askId && id === mark?.criterionId) ?? criteria[0];
  const setFocused = (criterionId: string) => ask && setMark({ askId: ask.askId, criterionId });
  const scoring = view.role === "observer" ? null : view.scorecard;

  const asking = askingIn(view);
  const { next } = asking;
  const { store } = useRoomContext();
  const push = (itemId: string) => {
    // A second hit before the first is answered would ask for the same question.
    if (store.getSnapshot().pending.has("push")) return;
    send(pushOf(view, { kind: "plan", itemId }));
    setSelection(null);
  };
  const rate = (level: Level) => {
    if (live && focused && scoring) send(ratingCommand(live, focused.id, level, scoring));
  };
  const moveFocus = (by: 1 | -1) => {
    const at = criteria.findIndex(({ id }) => id === focused?.id);
    const moved = criteria[(at + by + criteria.length) % criteria.length];
    if (moved) setFocused(moved.id);
  };
  const openNow = useRef(view.openAskId);
  openNow.current = view.openAskId;
  const reveal = (kind: "hint" | "followUp") => {
    // It is done a moment after the key; meanwhile another question may have come, which was not meant.
    if (!live || live.askId !== openNow.current) return;
    const index = nextReveal(live, kind);
    if (index !== null) send({ type: "reveal", askId: live.askId, kind, index });
  };
  const isHost = view.role === "host";
  const hasBank = asking.beyondPlan;
  const pushNext = (itemId: string) => {
    // As above: what another has asked meanwhile is not to be taken from the candidate.
    if (view.openAskId === openNow.current) push(itemId);
  };
  const isElsewhere = openAsk !== undefined && live === undefined;
  useKeys(
    {
      "?": () => setHelpOpen(true),
      g: isElsewhere ? () => setSelection(null) : undefined,
      ...(scoring && {
        ...Object.fromEntries(LEVELS.map((level) => [String(level), () => rate(level)])),
        j: () => moveFocus(1),
        k: () => moveFocus(-1),
        n: () => notes.current?.start(),
      }),
      ...(hasBank && { "/": () => setBankOpen(true) }),
    },
    {
      ...(scoring && { h: () => reveal("hint"), f: () => reveal("followUp") }),
      a: next && (() => pushNext(next.itemId)),
      // While the candidate is in the lobby, they are let in instead, by a button that says so.
      ...(isHost &&
        !view.people.some(({ movedOut }) => movedOut) && {
          p: () => send({ type: view.room.phase === "paused" ? "resume" : "pause" }),
        }),
    },
  );

  const isCompact = useMedia(COMPACT);
  const isRoomy = useMedia(ROOMY);
  const [planShare, resizePlan] = usePaneShare("plan");
  const [promptShare, resizePrompt] = usePaneShare("prompt");
  const [asideShare, resizeAside] = usePaneShare("rubric");
  const plan = {
    view,
    selection,
    asking,
    onSelect: setSelection,
    onAsk: push,
    onBank: hasBank ? () => setBankOpen(true) : null,
  };

  return (
    <div className={styles.room}>
      <div>
        <Header view={view} controls={controls} helpOpen={helpOpen} onHelp={setHelpOpen} />
        <QuietTime view={view} />
      </div>
      <main className={styles.main} data-compact={isCompact} style={shares({ plan: planShare, aside: asideShare })}>
        {isCompact ? (
          <PlanStrip {...plan} />
        ) : (
          <>
            <div className={styles.left}>
              <PlanNav {...plan} />
              {beneath}
            </div>
            <Separator
              label="Width of the plan"
              sizes="before"
              between="columns"
              share={planShare}
              onResize={resizePlan}
              least={10}
              most={30}
            />
          </>
        )}
        <section className={styles.middle} aria-label="Question">
          {(above !== undefined || isElsewhere) && (
            <div className={styles.above} {...scrollStop("Above the question")}>
              {isElsewhere && openAsk && <Elsewhere ask={openAsk} onGo={() => setSelection(null)} />}
              {above}
            </div>
          )}
          {planned ? (
            <PlanPreview
              view={view}
              item={planned}
              mayAsk={asking.may(planned.itemId)}
              onAsk={() => push(planned.itemId)}
              onBack={() => setSelection(null)}
            />
          ) : ask ? (
            <>
              <AskPane key={ask.askId} view={view} ask={ask} share={promptShare} onFollow={() => setSelection(null)} />
              <Separator
                label="Height of the question"
                sizes="before"
                between="rows"
                share={promptShare}
                onResize={resizePrompt}
                least={15}
                most={75}
              />
              <WorkPane view={view} ask={ask} />
            </>
          ) : (
            <Nothing view={view} asking={asking} />
          )}
          {isCompact && beneath && <div className={styles.beneath}>{beneath}</div>}
          <TakeBack over="pane" />
        </section>
        <Separator
          label="Width of the rubric"
          sizes="after"
          between="columns"
          share={asideShare}
          onResize={resizeAside}
          least={20}
          most={60}
        />
        <aside className={styles.aside} aria-label={scoring ? "Your scorecard" : "Rubric"}>
          <h2 className="visually-hidden">{scoring ? "Your scorecard" : "Rubric"}</h2>
          {ask && !planned ? (
            <Rubric
              key={ask.askId}
              ask={ask}
              scorecard={scoring}
              focusedId={focused?.id ?? null}
              folds={!isRoomy}
              heading={3}
              takesKeys={live !== undefined}
              onFocus={setFocused}
            />
          ) : planned && scoring ? (
            <div className={styles.planned} {...scrollStop("The rubric of the planned question")}>
              <RubricBefore questionId={planned.questionId} />
            </div>
          ) : (
            <p className={styles.hint}>The rubric stands here while a question is shown.</p>
          )}
          {scoring && (
            <Notes ref={notes} ask={planned ? undefined : ask} asks={view.asks} scorecard={scoring} focused={focused} />
          )}
        </aside>
      </main>
      {view.role !== "observer" && hasBank && (
        <BankDrawer view={view} open={bankOpen} onClose={() => setBankOpen(false)} />
      )}
    </div>
  );
}

/** The sizes that panes were given by hand, as the style sheet takes them. */
const shares = ({ plan, aside }: { plan: number | null; aside: number | null }): CSSProperties =>
  ({
    ...(plan !== null && { "--plan-share": `${plan}%` }),
    ...(aside !== null && { "--aside-share": `${aside}%` }),
  }) as CSSProperties;

/** The chosen ask, else the open one, else the last one, so that its scoring can be finished. */
function shownAsk(view: QuestionsView, selection: Selection, openAsk: PanelAsk | undefined): PanelAsk | undefined {
  const chosen = selection?.kind === "ask" ? view.asks.find(({ askId }) => askId === selection.askId) : undefined;
  return chosen ?? openAsk ?? view.asks.at(-1);
}

/** While one looks at another question than the one that is open: which that is, and the way there. That it is asked was said already. */
function Elsewhere({ ask, onGo }: { ask: PanelAsk; onGo: () => void }) {
  return (
    <p className={styles.elsewhere} role="status" aria-live="off">
      <span>
        {ask.askedBy ? (
          <>
            <bdi>{ask.askedBy.name}</bdi> asked question {ask.number}:
          </>
        ) : (
          `Question ${ask.number} is asked:`
        )}{" "}
        <b>{titleOf(ask.question)}</b>
      </span>
      <Button onClick={onGo}>
        Go there <kbd>G</kbd>
      </Button>
    </p>
  );
}

function Nothing({ view, asking }: { view: QuestionsView; asking: Asking }) {
  const { anything, beyondPlan, next } = asking;
  return (
    <div className={styles.nothing}>
      <h2>Nothing is asked yet</h2>
      <p>
        {view.role === "host" || anything || next ? (
          <>
            {view.role === "host" ? "Ask the first question of the plan with " : "You may ask: the next question with "}
            <kbd>A</kbd>
            {beyondPlan && (
              <>
                , or choose one from the bank with <kbd>/</kbd>
              </>
            )}
            .
          </>
        ) : (
          "The first question will appear here by itself."
        )}
      </p>
    </div>
  );
}
