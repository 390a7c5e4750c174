import type { Criterion } from "@whetstone/shared/bank";
import { titleOf } from "@whetstone/shared/question-title";
import { LIMITS } from "@whetstone/shared/room/limits";
import type { NoteMark } from "@whetstone/shared/room/scorecard/commands";
import { isLocked } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { NoteView, ScorecardView } from "@whetstone/shared/room/view/scorecards";
import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useRef, useState } from "react";
import { newId } from "../../browser/ids.ts";
import { isComposed, isPlainEnter } from "../../browser/pressed.ts";
import { Button } from "../../ui/Button.tsx";
import { LengthNote } from "../../ui/LengthNote.tsx";
import { WrittenText } from "../../ui/WrittenText.tsx";
import { elapsedText } from "../../words.ts";
import { BEYOND, useBeyond, useShown, useWholeText } from "../saved/beyond.ts";
import { useSend } from "../store/context.tsx";
import { AtMoment } from "./AtMoment.tsx";
import styles from "./Notes.module.css";

export interface NotesHandle {
  /** Puts the cursor into a new note. */
  readonly start: () => void;
}

interface NotesProps {
  readonly ref?: Ref<NotesHandle>;
  readonly ask: PanelAsk | undefined;
  readonly asks: readonly PanelAsk[];
  readonly scorecard: ScorecardView;
  readonly focused?: Criterion | undefined;
  /** Whether notes on other questions can be called up here. */
  readonly others?: boolean;
  /** Leads to a moment of the answer. */
  readonly onMoment?: (elapsedMs: number) => void;
}

interface Draft {
  readonly noteId: string;
  readonly askId: string | null;
}

/** One's own notes, each tied to its ask and moment, and the line in which the next one is written. It saves itself as it is typed. */
export function Notes({ ref, ask, asks, scorecard, focused, others = true, onMoment }: NotesProps) {
  const send = useSend();
  const [all, setAll] = useState(false);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [mark, setMark] = useState<NoteMark | null>(null);
  const [evidence, setEvidence] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const beyond = useBeyond();
  useShown(beyond, draft && beyondOf(draft.noteId));
  useImperativeHandle(ref, () => ({ start: () => field.current?.focus() }));
  if (isLocked(scorecard)) return null;

  const written = scorecard.notes.find(({ noteId }) => noteId === draft?.noteId);
  const evidenceFor = evidence && focused && (!draft || draft.askId === ask?.askId) ? focused.id : null;
  const own = draft && beyondOf(draft.noteId);
  const whole = (written?.text ?? "") + (own === null ? "" : beyond.of(own));
  const write = (text: string, nextMark = mark, nextEvidence = evidenceFor) => {
    const { noteId, askId } = draft ?? { noteId: newId("n"), askId: ask?.askId ?? null };
    if (!draft) setDraft({ noteId, askId });
    const signs = { mark: nextMark, evidenceFor: askId === null ? null : nextEvidence };
    beyond.write(beyondOf(noteId), text, LIMITS.note, (fits) =>
      send({ type: "writeNote", noteId, askId, text: fits, ...signs, ageMs: 0 }),
    );
  };
  const change = (text: string) => {
    // A leading sign sets the mark, so that the hands stay on the keyboard.
    const sign = !written?.text && (text === "+" || text === "-");
    if (sign) setMark(text === "+" ? "strength" : "concern");
    else write(text);
  };
  const finish = () => {
    if (draft && !whole.trim()) send({ type: "removeNote", noteId: draft.noteId });
    setDraft(null);
    setMark(null);
    setEvidence(false);
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposed(event.nativeEvent)) return;
    if (event.key === "Escape") return event.currentTarget.blur();
    if (!isPlainEnter(event.nativeEvent)) return;
    event.preventDefault();
    finish();
  };
  const setBoth = (nextMark: NoteMark | null, nextEvidence: boolean) => {
    setMark(nextMark);
    setEvidence(nextEvidence);
    if (written) write(whole, nextMark, nextEvidence && focused ? focused.id : null);
  };

  const place = ask ? `on question ${ask.number}` : "between questions";
  const label = others ? "Your notes" : `Your notes ${place}`;
  const shown = scorecard.notes.filter(
    (note) => note.noteId !== draft?.noteId && (all || note.askId === (ask?.askId ?? null)),
  );
  const elsewhere = scorecard.notes.length - shown.length - (written ? 1 : 0);
  return (
    <section className={styles.notes} aria-label={label}>
      <ul className={styles.list}>
        {shown.map((note) => (
          <NoteRow key={note.noteId} note={note} asks={asks} about={all} onMoment={onMoment} />
        ))}
      </ul>
      {others && (elsewhere > 0 || all) && (
        <Button look="quiet" className={styles.elsewhere} onClick={() => setAll(!all)}>
          {all ? "Only this question's notes" : `${elsewhere} more on other questions`}
        </Button>
      )}
      <WrittenText
        ref={field}
        rows={1}
        aria-label="New note"
        placeholder="Note  (N)    + strength    – concern"
        value={whole}
        onWrite={change}
        onKeyDown={press}
      />
      <LengthNote text={whole} most={LIMITS.note} consequence={BEYOND} />
      <div className={styles.tools}>
        <Toggle
          pressed={mark === "strength"}
          onPress={() => setBoth(mark === "strength" ? null : "strength", evidence)}
        >
          + strength
        </Toggle>
        <Toggle pressed={mark === "concern"} onPress={() => setBoth(mark === "concern" ? null : "concern", evidence)}>
          – concern
        </Toggle>
        {focused && (
          <Toggle about pressed={evidenceFor !== null} onPress={() => setBoth(mark, !evidence)}>
            evidence for {focused.name}
          </Toggle>
        )}
        {written && (
          <Button className={styles.keep} onClick={finish}>
            Keep <kbd>↵</kbd>
          </Button>
        )}
      </div>
    </section>
  );
}

interface ToggleProps {
  readonly pressed: boolean;
  readonly onPress: () => void;
  /** Whether it names what the note is about, which may be longer than there is place. */
  readonly about?: boolean;
  readonly children: ReactNode;
}

function Toggle({ pressed, onPress, about = false, children }: ToggleProps) {
  return (
    <button type="button" className={styles.toggle} data-about={about} aria-pressed={pressed} onClick={onPress}>
      {children}
    </button>
  );
}

interface NoteRowProps {
  readonly note: NoteView;
  readonly asks: readonly PanelAsk[];
  readonly about?: boolean;
  readonly onMoment: ((elapsedMs: number) => void) | undefined;
}

/** Where what is too long of a note is kept. */
const beyondOf = (noteId: string): string => `note.${noteId}`;

/** A note; a click on its text edits it in place, a click on its sign changes the mark. */
function NoteRow({ note, asks, about = false, onMoment }: NoteRowProps) {
  const send = useSend();
  const [editing, setEditing] = useState(false);
  const ask = asks.find(({ askId }) => askId === note.askId);
  const criterion = ask?.question.criteria.find(({ id }) => id === note.evidenceFor)?.name;
  const { noteId, askId, mark, evidenceFor } = note;
  const beyond = useBeyond();
  const write = (change: Partial<Pick<NoteView, "text" | "mark">>) =>
    send({ type: "writeNote", noteId, askId, text: note.text, mark, evidenceFor, ageMs: 0, ...change });
  const { text, write: writeText } = useWholeText(beyondOf(noteId), note.text, LIMITS.note, (fits) =>
    write({ text: fits }),
  );
  const remove = () => {
    beyond.keep(beyondOf(noteId), "");
    send({ type: "removeNote", noteId });
  };
  const nextMark = mark === null ? "strength" : mark === "strength" ? "concern" : null;
  return (
    <li className={styles.note}>
      <time>{elapsedText(note.elapsedMs)}</time>
      <button
        type="button"
        className={styles.mark}
        data-mark={mark}
        onClick={() => write({ mark: nextMark })}
        aria-label={`Marked as ${mark ?? "neither strength nor concern"}. Change`}
      >
        {mark === "strength" ? "+" : mark === "concern" ? "–" : "·"}
      </button>
      {editing ? (
        <WrittenText
          autoFocus
          rows={2}
          aria-label="Edit the note"
          value={text}
          onWrite={writeText}
          onBlur={() => setEditing(false)}
          onKeyDown={(event) => {
            if (isPlainEnter(event.nativeEvent) || (event.key === "Escape" && !isComposed(event.nativeEvent))) {
              event.preventDefault();
              setEditing(false);
            }
          }}
        />
      ) : (
        <button type="button" className={styles.text} onClick={() => setEditing(true)} title="Edit">
          {text || "(empty)"}
          {(criterion || (about && ask)) && (
            <small>
              {[criterion && `evidence for ${criterion}`, about && ask && titleOf(ask.question)]
                .filter(Boolean)
                .join(" · ")}
            </small>
          )}
        </button>
      )}
      <button type="button" className={styles.remove} aria-label="Remove the note" onClick={remove}>
        <X size={13} aria-hidden />
      </button>
      <div className={styles.moment}>
        <AtMoment moment={note.moment} ask={ask} onMoment={onMoment} />
      </div>
      <LengthNote text={text} most={LIMITS.note} consequence={BEYOND} />
    </li>
  );
}
