import { LIMITS } from "@whetstone/shared/room/limits";
import type { NoteMoment } from "@whetstone/shared/room/scorecard/commands";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { ScorecardView } from "@whetstone/shared/room/view/scorecards";
import { useId, useState } from "react";
import { newId } from "../../browser/ids.ts";
import { isComposed, isPlainEnter } from "../../browser/pressed.ts";
import { Button } from "../../ui/Button.tsx";
import { LengthNote } from "../../ui/LengthNote.tsx";
import { WrittenText } from "../../ui/WrittenText.tsx";
import { answerMomentText } from "../../words.ts";
import { BEYOND, useBeyond, useShown } from "../saved/beyond.ts";
import { useSend } from "../store/context.tsx";
import styles from "./NoteAtMoment.module.css";

interface NoteAtMomentProps {
  readonly ask: PanelAsk;
  readonly scorecard: ScorecardView;
  /** The interview's running time that the playback shows. */
  readonly elapsedMs: number;
}

interface Draft {
  readonly noteId: string;
  readonly moment: NoteMoment;
}

/** Where what is too long of a note is kept. */
const beyondOf = ({ noteId }: Draft): string => `note.${noteId}`;

/** Evidence for a rating that points at a moment of the answer: the one that was shown when its first key was pressed. It saves itself. */
export function NoteAtMoment({ ask, scorecard, elapsedMs }: NoteAtMomentProps) {
  const send = useSend();
  const id = useId();
  const beyond = useBeyond();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [criterionId, setCriterionId] = useState("");
  const written = scorecard.notes.find(({ noteId }) => noteId === draft?.noteId);
  const { askId, question, askedAtMs } = ask;
  const save = ({ noteId, moment }: Draft, text: string, evidence = criterionId) =>
    send({
      type: "writeNote",
      noteId,
      askId,
      text,
      mark: written?.mark ?? null,
      evidenceFor: evidence || null,
      moment,
      ageMs: 0,
    });
  const own = draft && beyondOf(draft);
  useShown(beyond, own);
  const text = (written?.text ?? "") + (own === null ? "" : beyond.of(own));
  const change = (typed: string) => {
    const begun = draft ?? { noteId: newId("n"), moment: { askId, elapsedMs } };
    if (!draft) setDraft(begun);
    beyond.write(beyondOf(begun), typed, LIMITS.note, (fits) => save(begun, fits));
  };
  const finish = () => {
    if (draft && !text.trim()) send({ type: "removeNote", noteId: draft.noteId });
    setDraft(null);
  };
  const chooseCriterion = (chosen: string) => {
    setCriterionId(chosen);
    if (draft && written) save(draft, written.text, chosen);
  };
  return (
    <div className={styles.note}>
      <label htmlFor={id}>Note {answerMomentText(draft?.moment.elapsedMs ?? elapsedMs, askedAtMs)}</label>
      <WrittenText
        id={id}
        rows={2}
        value={text}
        onWrite={change}
        onKeyDown={(event) => {
          if (isComposed(event.nativeEvent) || !isPlainEnter(event.nativeEvent)) return;
          event.preventDefault();
          finish();
        }}
      />
      <LengthNote text={text} most={LIMITS.note} consequence={BEYOND} />
      <div className={styles.tools}>
        <select aria-label="Evidence for" value={criterionId} onChange={({ target }) => chooseCriterion(target.value)}>
          <option value="">on the question</option>
          {question.criteria.map((criterion) => (
            <option key={criterion.id} value={criterion.id}>
              evidence for {criterion.name}
            </option>
          ))}
        </select>
        {draft && (
          <Button onClick={finish}>
            Keep <kbd>↵</kbd>
          </Button>
        )}
      </div>
    </div>
  );
}
