import { LIMITS } from "@whetstone/shared/room/limits";
import type { CandidateAsk } from "@whetstone/shared/room/view/asks";
import { type FocusEvent, useId, useState } from "react";
import { Story } from "../playback/Replay.tsx";
import { candidateRuns } from "../runs/sheet-runs.ts";
import { LateBoard } from "../workspace/LateBoard.tsx";
import { LateSheet } from "../workspace/LateSheet.tsx";
import { boardOf, PartPanel, PartTabs, type SheetPart } from "../workspace/SheetParts.tsx";
import styles from "./CandidateScreen.module.css";
import { composesIn, leaveSheet, wroteIn } from "./in-hand.ts";
import { useMarkPaste } from "./marks.ts";
import { PlainSheet } from "./PlainSheet.tsx";

interface AnswerSheetProps {
  readonly askId: string;
  /** As it is known to the view; null where the view is of another question by now. */
  readonly known: CandidateAsk | null;
  readonly title: string;
  readonly reader: string;
  /** Whether its writer comes from another sheet. */
  readonly takesFocus: boolean;
  readonly onLeave: () => void;
}

const PLACEHOLDER = "Notes, formulas, code: whatever helps you explain";

/** One question's sheet. It saves itself as it is typed, and goes on doing so when the question has changed. */
export function AnswerSheet({ askId, known, title, reader, takesFocus, onLeave }: AnswerSheetProps) {
  const id = useId();
  const [chosen, show] = useState<SheetPart>("text");
  const leave = ({ currentTarget, target, relatedTarget }: FocusEvent<HTMLElement>) => {
    // Another window has come before this one, and the cursor is still here.
    if (document.activeElement === target) return;
    if (relatedTarget instanceof HTMLElement && "goOn" in relatedTarget.dataset) return;
    // The line beneath the text belongs to the sheet.
    if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
    leaveSheet();
    onLeave();
  };
  const answer = known?.answer ?? null;
  const hasStory = known?.hadQuiet === true;
  const part = chosen === "story" && !hasStory ? "text" : chosen;
  const markPaste = useMarkPaste();
  const onPaste = (characters: number) => markPaste(askId, characters);
  const sheet = { askId, label: title, placeholder: PLACEHOLDER, takesFocus, onPaste };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it is left by whatever inside has the focus
    <div className={styles.answer} onBlur={leave}>
      <div className={styles.tab}>
        <span>
          {title} <small>{reader}</small>
        </span>
        <PartTabs id={id} part={part} hasStory={hasStory} onShow={show} />
      </div>
      <PartPanel id={id} part={part}>
        {part === "story" ? (
          <Story askId={askId} number={known?.number ?? 0} />
        ) : part === "board" ? (
          <LateBoard askId={askId} label={boardOf(title)} isEditable onDraw={wroteIn} onPaste={onPaste} />
        ) : (
          <LateSheet
            {...sheet}
            answer={answer ?? ""}
            runs={candidateRuns(known ?? {})}
            sheet={askId}
            isEditable
            most={LIMITS.answer}
            onWrite={composesIn}
            instead={<PlainSheet {...sheet} answer={answer} />}
          />
        )}
      </PartPanel>
    </div>
  );
}
