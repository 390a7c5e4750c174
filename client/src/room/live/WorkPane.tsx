import { LIMITS } from "@whetstone/shared/room/limits";
import { isLocked } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import { mayEdit } from "@whetstone/shared/room/workspace/editing";
import { type CSSProperties, useId, useState } from "react";
import { useMedia } from "../../browser/media.ts";
import { usePaneShare } from "../../browser/pane-share.ts";
import { Markdown } from "../../ui/Markdown.tsx";
import { Separator } from "../../ui/Separator.tsx";
import { scrollStop } from "../../ui/scroll-stop.ts";
import { Drawn } from "../drawn/Drawn.tsx";
import { Story } from "../playback/Replay.tsx";
import { AskRuns } from "../runs/AskRuns.tsx";
import { panelRuns } from "../runs/sheet-runs.ts";
import { useSend } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import { LateBoard } from "../workspace/LateBoard.tsx";
import { LateSheet } from "../workspace/LateSheet.tsx";
import { boardOf, PartPanel, PartTabs, type SheetPart } from "../workspace/SheetParts.tsx";
import { AnswerText } from "./AnswerText.tsx";
import styles from "./WorkPane.module.css";
import { TABBED } from "./widths.ts";

type Part = "sheet" | "strong";

interface SheetProps {
  readonly view: QuestionsView;
  readonly ask: PanelAsk;
  readonly label: string;
  readonly id: string;
  readonly part: SheetPart;
}

/** What the candidate writes, beside what a strong answer contains; one of them at a time where there is no place for both. */
export function WorkPane({ view, ask }: { view: QuestionsView; ask: PanelAsk }) {
  const candidate = view.people.find(({ role }) => role === "candidate")?.name;
  const isAmongPeers = view.role !== "observer" && view.peers !== undefined;
  const isTabbed = useMedia(TABBED);
  const [part, show] = useState<Part>("sheet");
  const [chosen, choose] = useState<SheetPart>("text");
  const hasStory = ask.hadQuiet === true && view.quiet === undefined;
  const ofSheet = chosen === "story" && !hasStory ? "text" : chosen;
  const [share, resize] = usePaneShare("sheet");
  const id = useId();
  const sheet = candidate ? `${candidate}'s answer sheet` : "The answer sheet";
  const shown = (of: Part) => !isTabbed || part === of;
  const panel = (of: Part) =>
    isTabbed ? { role: "tabpanel", id: `${id}${of}`, "aria-labelledby": `${id}${of}-tab` } : {};
  const partTabs = <PartTabs id={`${id}part`} part={ofSheet} hasStory={hasStory} onShow={choose} />;
  return (
    <div
      className={styles.work}
      data-tabbed={isTabbed}
      style={share === null ? undefined : ({ "--sheet-share": `${share}%` } as CSSProperties)}
    >
      {isTabbed && (
        <div className={styles.headed}>
          <Tabs id={id} part={part} names={{ sheet, strong: "Strong answer" }} onShow={show} />
          {part === "sheet" && partTabs}
        </div>
      )}
      {shown("sheet") && (
        <div className={styles.pane} {...panel("sheet")}>
          {!isTabbed && (
            <div className={styles.headed}>
              <h3>
                <b>{sheet}</b>
                <span data-stays={view.quiet !== undefined}>
                  {view.quiet ? "as it stood before" : "as it is written"}
                </span>
              </h3>
              {partTabs}
            </div>
          )}
          <Sheet key={ask.askId} view={view} ask={ask} label={sheet} id={`${id}part`} part={ofSheet} />
        </div>
      )}
      {!isTabbed && (
        <Separator
          label="Answer sheet and strong answer"
          sizes="before"
          between="columns"
          share={share}
          onResize={resize}
          least={25}
          most={75}
        />
      )}
      {shown("strong") && (
        <div className={`${styles.pane} ${styles.secret}`} {...panel("strong")}>
          <h3>
            {!isTabbed && <b>Strong answer</b>}
            <span>
              {isAmongPeers ? (
                <>
                  <bdi>{candidate ?? "Whoever answers"}</bdi> does not see this
                </>
              ) : (
                "only the panel sees this"
              )}
            </span>
          </h3>
          <StrongAnswer view={view} ask={ask} />
        </div>
      )}
    </div>
  );
}

/** The sheet as it is written and drawn, by the panel too; one that is closed stands as it is. */
function Sheet({ view, ask, label, id, part }: SheetProps) {
  return (
    <PartPanel id={id} part={part}>
      {part === "text" ? (
        <Text view={view} ask={ask} label={label} />
      ) : part === "story" ? (
        <Story askId={ask.askId} number={ask.number} />
      ) : view.openAskId !== ask.askId ? (
        <div className={styles.drawn} {...scrollStop("The board as it was left")}>
          <Drawn askId={ask.askId} number={ask.number} whenEmpty="Nothing was drawn." />
        </div>
      ) : (
        <LateBoard
          askId={ask.askId}
          label={boardOf(label)}
          isEditable={isEditableBy(view, ask)}
          isQuiet={view.quiet !== undefined}
          why={whyOnlyLooked(view, ask)}
        />
      )}
    </PartPanel>
  );
}

const isEditableBy = (view: QuestionsView, ask: PanelAsk): boolean =>
  mayEdit({
    role: view.role,
    panelEdits: view.room.candidateEditsAlone !== true,
    isOpen: view.openAskId === ask.askId,
    isQuiet: view.quiet !== undefined,
  });

/** Why nobody here draws on the board, where that is so. */
function whyOnlyLooked(view: QuestionsView, ask: PanelAsk): string {
  const candidate = view.people.find(({ seatId }) => seatId === ask.candidateId)?.name ?? "The candidate";
  if (view.quiet) return `This is what stood before. ${candidate} draws unseen until quiet time ends.`;
  if (view.role === "observer") return "To look at only.";
  return `To look at only, as ${candidate} draws alone.`;
}

function Text({ view, ask, label }: Pick<SheetProps, "view" | "ask" | "label">) {
  const isOpen = view.openAskId === ask.askId;
  const asWritten = <AnswerText text={ask.answer} />;
  if (!isOpen)
    return (
      <>
        {asWritten}
        <div className={styles.runs}>
          <AskRuns ask={ask} checks={view.role !== "observer"} />
        </div>
      </>
    );
  const candidate = view.people.find(({ seatId }) => seatId === ask.candidateId);
  return (
    <div className={styles.sheet} data-testid="answer">
      <LateSheet
        askId={ask.askId}
        label={label}
        answer={ask.answer}
        isEditable={isEditableBy(view, ask)}
        most={LIMITS.answer}
        runs={panelRuns(ask, view.role !== "observer")}
        {...(candidate && { follows: { seatId: candidate.seatId, name: candidate.name } })}
        instead={asWritten}
      />
    </div>
  );
}

interface TabsProps {
  readonly id: string;
  readonly part: Part;
  readonly names: Readonly<Record<Part, string>>;
  readonly onShow: (part: Part) => void;
}

const PARTS: readonly Part[] = ["sheet", "strong"];

function Tabs({ id, part, names, onShow }: TabsProps) {
  return (
    <div className={styles.tabs} role="tablist" aria-label="Answer">
      {PARTS.map((of) => (
        <button
          key={of}
          type="button"
          role="tab"
          id={`${id}${of}-tab`}
          data-part={of}
          aria-selected={part === of}
          aria-controls={part === of ? `${id}${of}` : undefined}
          tabIndex={part === of ? 0 : -1}
          onClick={() => onShow(of)}
          onKeyDown={(event) => {
            if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
            event.preventDefault();
            const other = of === "sheet" ? "strong" : "sheet";
            onShow(other);
            document.getElementById(`${id}${other}-tab`)?.focus();
          }}
        >
          {names[of]}
        </button>
      ))}
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
    <div className={styles.strong} {...scrollStop("The strong answer")}>
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
