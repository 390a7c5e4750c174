import { OUTCOME_NAMES } from "@whetstone/shared/names";
import { Outcome } from "@whetstone/shared/room/decision/commands";
import type { DecisionView } from "@whetstone/shared/room/view/scorecards";
import { useEffect, useId, useState } from "react";
import { browserStorage } from "../../browser/storage.ts";
import { useTellUnsaved } from "../../browser/unsaved.ts";
import { Button } from "../../ui/Button.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { fieldStyles } from "../../ui/Field.tsx";
import { UnreadTexts } from "../../ui/UnreadTexts.tsx";
import { useRoom, useRoomContext, useSend } from "../store/context.tsx";
import styles from "./DecisionForm.module.css";
import { type DecisionDraft, isRecorded, KeptDecision, whatIsLeft } from "./kept-decision.ts";

interface DecisionFormProps {
  readonly seatId: string;
  readonly decisions: readonly DecisionView[];
}

/** Where the host writes the decision: open at once while there is none, and on request after that. */
export function DecisionForm({ seatId, decisions }: DecisionFormProps) {
  const last = decisions.at(-1);
  const { draft, setDraft, unread, letGo } = useDecisionDraft(seatId, decisions);
  // What was clicked goes away, so the keyboard is led on to what came in its place.
  const [isLed, setLed] = useState(false);
  const change = (next: DecisionDraft | null) => {
    setLed(true);
    setDraft(next);
  };
  if (draft === null && last) {
    return (
      <>
        <UnreadTexts unread={unread} onLetGo={letGo} />
        <div className={styles.change}>
          <Button autoFocus={isLed} onClick={() => change({ outcome: last.outcome, rationale: last.rationale })}>
            Change the decision…
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <UnreadTexts unread={unread} onLetGo={letGo} />
      <Fields draft={draft ?? EMPTY} last={last} isLed={isLed && last !== undefined} onChange={change} />
    </>
  );
}

const EMPTY: DecisionDraft = { outcome: null, rationale: "" };

/** What is being written: kept in this browser until it is recorded, and let go of once it is. */
function useDecisionDraft(seatId: string, decisions: readonly DecisionView[]) {
  const { roomId } = useRoomContext();
  const [kept] = useState(() => new KeptDecision(browserStorage, roomId, seatId));
  const [draft, setDraft] = useState(() => {
    const found = kept.read();
    return found && isRecorded(found, decisions.at(-1)) ? null : found;
  });
  const [known, setKnown] = useState(decisions.length);
  if (known !== decisions.length) {
    setKnown(decisions.length);
    if (draft && isRecorded(draft, decisions.at(-1))) setDraft(null);
  }
  useEffect(() => {
    kept.keep(draft);
  }, [kept, draft]);
  const [unread, setUnread] = useState(() => kept.unread);
  const letGo = (id: string) => {
    kept.letGo(id);
    setUnread(kept.unread);
  };
  return { draft, setDraft, unread, letGo };
}

interface FieldsProps {
  readonly draft: DecisionDraft;
  readonly last: DecisionView | undefined;
  /** Whether a click led here, so that the cursor belongs into the rationale. */
  readonly isLed: boolean;
  readonly onChange: (draft: DecisionDraft | null) => void;
}

function Fields({ draft, last, isLed, onChange }: FieldsProps) {
  const send = useSend();
  const isSending = useRoom().pending.has("recordDecision");
  const stateId = useId();
  const { outcome, rationale } = draft;
  const left = whatIsLeft(draft, last);
  const { roomId } = useRoomContext();
  useTellUnsaved(`decision.${roomId}`, left.isUnsaved && !isSending);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (outcome && left.canRecord && !isSending) {
          send({ type: "recordDecision", outcome, rationale: rationale.trim() });
        }
      }}
    >
      <Choice
        id="outcome"
        legend="Outcome"
        options={Outcome.options}
        names={OUTCOME_NAMES}
        chosen={outcome}
        disabled={false}
        onChoose={(chosen) => onChange({ ...draft, outcome: chosen })}
      />
      <label className={styles.rationale}>
        Rationale
        <textarea
          rows={6}
          required
          dir="auto"
          autoFocus={isLed}
          className={fieldStyles.input}
          value={rationale}
          placeholder="What decided it, what spoke against it, and how you weighed the two"
          onChange={(event) => onChange({ ...draft, rationale: event.target.value })}
        />
      </label>
      <div className={styles.actions}>
        <Button type="submit" look="primary" large aria-describedby={stateId} disabled={!left.canRecord || isSending}>
          {last ? "Record the new version" : "Record the decision"}
        </Button>
        {last && <Leave isUnsaved={left.isUnsaved} onLeave={() => onChange(null)} />}
        <small id={stateId} role="status" data-unsaved={left.isUnsaved}>
          {isSending ? "Recording…" : left.words}
        </small>
      </div>
    </form>
  );
}

/** Leaves the decision as it is; asks once, in place, where something written would go with it. */
function Leave({ isUnsaved, onLeave }: { isUnsaved: boolean; onLeave: () => void }) {
  const [asked, setAsked] = useState(false);
  if (!isUnsaved) {
    return (
      <Button look="quiet" onClick={onLeave}>
        Leave it as it is
      </Button>
    );
  }
  if (!asked) {
    return (
      <Button look="quiet" onClick={() => setAsked(true)}>
        Discard this draft…
      </Button>
    );
  }
  return (
    <>
      <Button look="danger" autoFocus onClick={onLeave}>
        Discard it
      </Button>
      <Button look="quiet" onClick={() => setAsked(false)}>
        Keep it
      </Button>
    </>
  );
}
