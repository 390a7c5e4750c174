import { FEEDBACK_LIMITS, type FeedbackDraft } from "@whetstone/shared/feedback";
import type { HostView } from "@whetstone/shared/room/view/host";
import { TriangleAlert } from "lucide-react";
import { useId } from "react";
import { named } from "../../letter/letter.ts";
import { fieldKey } from "../../ui/form/field-key.ts";
import { ListField } from "../../ui/form/ListField.tsx";
import { LengthNote } from "../../ui/LengthNote.tsx";
import { partedAt } from "../../ui/length.ts";
import { WrittenText } from "../../ui/WrittenText.tsx";
import { BEYOND, useBeyond, useShown } from "../saved/beyond.ts";
import { cautionsIn, cautionText, type PrivateMatters } from "./cautions.ts";
import styles from "./DraftForm.module.css";

interface DraftFormProps {
  readonly view: HostView;
  readonly draft: FeedbackDraft;
  readonly matters: PrivateMatters;
  readonly onWrite: (change: Partial<FeedbackDraft>) => void;
}

/** What the host writes and chooses. It saves itself as it is typed. */
export function DraftForm({ view, draft, matters, onWrite }: DraftFormProps) {
  return (
    <section className={styles.form} aria-label="The feedback">
      <Text
        label="Message"
        placeOf={() => "feedback.message"}
        hint="How you greet them, what you saw, what comes next."
        value={draft.message}
        max={FEEDBACK_LIMITS.message}
        lines={5}
        matters={matters}
        onChange={(message) => onWrite({ message })}
      />
      <Points
        field="strengths"
        label="What went well"
        noun="strength"
        items={draft.strengths}
        matters={matters}
        onChange={(strengths) => onWrite({ strengths })}
      />
      <Points
        field="concerns"
        label="What to work on"
        noun="concern"
        items={draft.concerns}
        matters={matters}
        onChange={(concerns) => onWrite({ concerns })}
      />
      <QuestionChoice chosen={draft.questions} onChoose={(questions) => onWrite({ questions })} />
      <PanelChoice view={view} chosen={draft.namesPanel} onChoose={(namesPanel) => onWrite({ namesPanel })} />
    </section>
  );
}

interface PointsProps {
  readonly field: string;
  readonly label: string;
  readonly noun: string;
  readonly items: readonly string[];
  readonly matters: PrivateMatters;
  readonly onChange: (items: string[]) => void;
}

function Points({ field, label, noun, items, matters, onChange }: PointsProps) {
  return (
    <ListField
      field={field}
      label={label}
      noun={noun}
      items={items}
      max={FEEDBACK_LIMITS.points}
      blank=""
      bare
      onChange={onChange}
      row={(text, index, change) => (
        <Text
          field={fieldKey(field, index)}
          label={`${label}, ${index + 1}`}
          // Points are moved and taken out, so that what does not fit of one goes with its beginning.
          placeOf={(within) => `feedback.${field}.${within}`}
          value={text}
          max={FEEDBACK_LIMITS.point}
          lines={2}
          matters={matters}
          onChange={change}
        />
      )}
    />
  );
}

interface TextProps {
  readonly field?: string;
  readonly label: string;
  /** Where what is too long of it is kept, by what is saved of it. */
  readonly placeOf: (within: string) => string;
  readonly hint?: string;
  readonly value: string;
  /** In UTF-16 code units. */
  readonly max: number;
  readonly lines: number;
  readonly matters: PrivateMatters;
  readonly onChange: (text: string) => void;
}

/** A text area that is as high as its text, with what should be looked at beneath. */
function Text({ field, label, placeOf, hint, value, max, lines, matters, onChange }: TextProps) {
  const id = useId();
  const beyond = useBeyond();
  const place = placeOf(value);
  useShown(beyond, place);
  const text = value + beyond.of(place);
  const write = (written: string) => {
    const next = placeOf(partedAt(written, max).within);
    if (next !== place) beyond.keep(place, "");
    beyond.write(next, written, max, (fits) => fits !== value && onChange(fits));
  };
  const cautions = cautionsIn(value, matters).map(cautionText);
  const described = [hint && `${id}-hint`, `${id}-length`, cautions.length > 0 && `${id}-cautions`].filter(Boolean);
  return (
    <div className={styles.text} data-field={field}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <small id={`${id}-hint`} className={styles.hint}>
          {hint}
        </small>
      )}
      <span className={styles.growing} data-text={`${text} `}>
        <WrittenText
          id={id}
          rows={lines}
          dir="auto"
          value={text}
          aria-describedby={described.join(" ")}
          onWrite={write}
        />
      </span>
      <LengthNote id={`${id}-length`} text={text} most={max} consequence={BEYOND} />
      {cautions.length > 0 && (
        <ul id={`${id}-cautions`} className={styles.cautions}>
          {cautions.map((caution) => (
            <li key={caution}>
              <TriangleAlert size={13} aria-hidden />
              <span>{caution}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const QUESTION_CHOICES: Record<FeedbackDraft["questions"], string> = {
  none: "Say nothing about the questions",
  asked: "List the questions that were asked",
  levels: "List them, each with the panel's level",
};

interface ChoiceProps<T> {
  readonly chosen: T;
  readonly onChoose: (choice: T) => void;
}

function QuestionChoice({ chosen, onChoose }: ChoiceProps<FeedbackDraft["questions"]>) {
  return (
    <fieldset className={styles.choices}>
      <legend>The questions</legend>
      {(["none", "asked", "levels"] as const).map((choice) => (
        <label key={choice}>
          <input type="radio" name="questions" checked={chosen === choice} onChange={() => onChoose(choice)} />
          <span>
            {QUESTION_CHOICES[choice]}
            {choice === "levels" && <small>The median of the panel's ratings of a question, rounded down.</small>}
          </span>
        </label>
      ))}
      <p>Their own answers, with the questions as they were put to them, are theirs to read in any case.</p>
    </fieldset>
  );
}

function PanelChoice({ view, chosen, onChoose }: ChoiceProps<boolean> & { readonly view: HostView }) {
  const panel = view.people.filter(({ role }) => role === "host" || role === "interviewer").map(({ name }) => name);
  return (
    <fieldset className={styles.choices}>
      <legend>The panel</legend>
      <label>
        <input type="checkbox" checked={chosen} onChange={(event) => onChoose(event.target.checked)} />
        <span>
          Give the panel's names
          <small>
            <bdi>{named(panel)}</bdi>
          </small>
        </span>
      </label>
    </fieldset>
  );
}
