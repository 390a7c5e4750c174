import { CONFIDENCE_NAMES, RECOMMENDATION_NAMES } from "@whetstone/shared/names";
import { LIMITS } from "@whetstone/shared/room/limits";
import { Confidence, Recommendation } from "@whetstone/shared/room/scorecard/commands";
import { isLocked } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { PanelView } from "@whetstone/shared/room/view/view";
import type { Missing } from "@whetstone/shared/scorecard";
import { useRef } from "react";
import { Choice } from "../../ui/Choice.tsx";
import { fieldStyles } from "../../ui/Field.tsx";
import { LengthNote } from "../../ui/LengthNote.tsx";
import { WrittenText } from "../../ui/WrittenText.tsx";
import { BEYOND, useWholeText } from "../saved/beyond.ts";
import { useSend } from "../store/context.tsx";
import type { Place } from "./places.ts";
import { Rollup } from "./Rollup.tsx";
import scorecardStyles from "./Scorecard.module.css";
import { Submission } from "./Submission.tsx";
import { Submitted } from "./Submitted.tsx";
import styles from "./SumUp.module.css";

interface SumUpProps {
  readonly view: PanelView;
  readonly missing: Missing<PanelAsk>;
  readonly onPlace: (place: Place) => void;
  readonly onDebrief: () => void;
}

/** What one's ratings come to and what one makes of them, and the way to submit it. */
export function SumUp({ view, missing, onPlace, onDebrief }: SumUpProps) {
  const send = useSend();
  const { scorecard } = view;
  const locked = isLocked(scorecard);
  const summary = useWholeText(locked ? null : "summary", scorecard.summary, LIMITS.summary, (text) =>
    send({ type: "writeSummary", text }),
  );
  const wasOpen = useRef(false);
  if (!locked) wasOpen.current = true;
  return (
    <section className={scorecardStyles.card} aria-labelledby="own">
      <h2 id="own">Your scorecard</h2>
      {locked && <Submitted view={view} justNow={wasOpen.current} onDebrief={onDebrief} />}
      <Rollup view={view} />
      <Choice
        id="recommendation"
        legend="Recommendation"
        options={Recommendation.options}
        names={RECOMMENDATION_NAMES}
        chosen={scorecard.recommendation}
        disabled={locked}
        onChoose={(recommendation) => send({ type: "recommend", recommendation })}
      />
      <Choice
        id="confidence"
        legend="Confidence"
        options={Confidence.options}
        names={CONFIDENCE_NAMES}
        chosen={scorecard.confidence}
        disabled={locked}
        onChoose={(confidence) => send({ type: "setConfidence", confidence })}
      />
      <div className={styles.summary}>
        <label htmlFor="summary">Summary</label>
        <WrittenText
          id="summary"
          rows={5}
          dir="auto"
          className={fieldStyles.input}
          value={summary.text}
          aria-describedby="summary-length"
          readOnly={locked}
          placeholder={locked ? "" : "What you would say in the debrief, with the evidence for it"}
          onWrite={summary.write}
        />
        <LengthNote id="summary-length" text={summary.text} most={LIMITS.summary} consequence={BEYOND} />
      </div>
      <Submission view={view} missing={missing} onPlace={onPlace} />
    </section>
  );
}
