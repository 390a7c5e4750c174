import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { isPlainEnter } from "../../browser/pressed.ts";
import { useTellUnsaved } from "../../browser/unsaved.ts";
import { Field, fieldStyles, Input } from "../Field.tsx";
import { tooLong } from "../length.ts";
import { fieldKey } from "./field-key.ts";
import styles from "./fields.module.css";
import { useFault, useFirstFault } from "./form.tsx";

/** The controls of the forms in which questions and kits are written. Each knows its field's key, and shows what is wrong there. */

export interface Suggestion {
  readonly value: string;
  readonly name: string;
}

interface FieldProps {
  readonly field: string;
  readonly label: string;
  readonly hint?: ReactNode;
}

interface TextProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly max: number;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly type?: "text" | "month";
}

/** What is wrong with a text: at once where it is too long, as nothing is saved until it is shortened. Nothing is cut. */
function useFieldFault(field: string, value: string, max: number): string | undefined {
  const fault = useFault(field);
  const over = tooLong(value, max);
  return over === undefined ? fault : `${over} Until it is shortened, what you write is kept in this browser only.`;
}

export function TextField({ field, label, hint, value, onChange, max, ...props }: TextProps) {
  const fault = useFieldFault(field, value, max);
  return (
    <div data-field={field} className={styles.field}>
      <Field label={label} hint={hint} error={fault}>
        <Input
          className={fieldStyles.input ?? ""}
          value={value}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
          {...props}
        />
      </Field>
    </div>
  );
}

interface LongTextProps extends Omit<TextProps, "type"> {
  /** The lines that it is high at least. */
  readonly lines?: number;
  readonly reading?: boolean;
  /** It is code: set in the code's face, and left alone by whatever mends words. */
  readonly code?: boolean;
}

const AS_CODE = { dir: "ltr", translate: "no", spellCheck: false, autoCapitalize: "off", autoCorrect: "off" } as const;

/** A text area that is as high as its text. */
export function LongTextField({
  field,
  label,
  hint,
  value,
  onChange,
  max,
  lines = 1,
  reading,
  code,
  ...props
}: LongTextProps) {
  const fault = useFieldFault(field, value, max);
  return (
    <div data-field={field} className={styles.field}>
      <Field label={label} hint={hint} error={fault}>
        <span className={styles.growing} data-reading={reading} data-code={code} data-text={`${value} `}>
          <Input
            render={<textarea rows={lines} />}
            className={fieldStyles.input ?? ""}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            {...(code && AS_CODE)}
            {...props}
          />
        </span>
      </Field>
    </div>
  );
}

interface NumberProps extends FieldProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min: number;
  readonly max: number;
}

/** Whole minutes. What is typed on the way to a number, or outside of its bounds, is shown as wrong and not taken over. */
export function MinutesField({ field, label, hint, value, onChange, min, max }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && minutesIn(typed, min, max) === null;
  const type = (text: string) => {
    const minutes = minutesIn(text, min, max);
    setTyped(text);
    if (minutes !== null) onChange(minutes);
  };
  return (
    <div data-field={field} className={styles.minutes}>
      <Field label={label} hint={hint} error={isWrong ? `Between ${min} and ${max} minutes.` : undefined}>
        <Input
          className={fieldStyles.input ?? ""}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          value={typed ?? String(value)}
          onChange={(event) => type(event.target.value)}
          onBlur={() => setTyped(null)}
        />
      </Field>
    </div>
  );
}

function minutesIn(text: string, min: number, max: number): number | null {
  const minutes = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isInteger(minutes) && minutes >= min && minutes <= max ? minutes : null;
}

interface SuggestedProps extends FieldProps {
  /** The identifier. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Makes an identifier of what was typed. */
  readonly toValue: (text: string) => string;
  /** How long one may be. */
  readonly longest: number;
  readonly suggestions: readonly Suggestion[];
}

/** One of the suggestions by its name, or something else. */
export function SuggestedField({ field, label, hint, value, onChange, toValue, longest, suggestions }: SuggestedProps) {
  const listId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const fault = useFieldFault(field, typed ?? value, longest);
  const name = suggestions.find((suggestion) => suggestion.value === value)?.name ?? value;
  const type = (text: string) => {
    const known = suggestions.find((suggestion) => suggestion.name.toLowerCase() === text.trim().toLowerCase());
    setTyped(text);
    onChange(known?.value ?? toValue(text));
  };
  return (
    <div data-field={field} className={styles.field}>
      <Field label={label} hint={hint} error={fault}>
        <Input
          className={fieldStyles.input ?? ""}
          list={listId}
          autoComplete="off"
          value={typed ?? name}
          onChange={(event) => type(event.target.value)}
          // What is too long stays as it was typed, so that nothing of it goes unseen.
          onBlur={() => (typed ?? "").length <= longest && setTyped(null)}
        />
      </Field>
      <datalist id={listId}>
        {suggestions.map((suggestion) => (
          <option key={suggestion.value} value={suggestion.name} />
        ))}
      </datalist>
    </div>
  );
}

interface ChipsProps extends FieldProps {
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
  readonly toValue: (text: string) => string;
  readonly max: number;
  /** How long one of them may be. */
  readonly longest: number;
  readonly suggestions: readonly Suggestion[];
}

/** Several short identifiers. Enter, a comma or leaving the field adds what was typed; Backspace in the empty field takes the last out. */
export function ChipsField({ field, label, hint, values, onChange, toValue, max, longest, suggestions }: ChipsProps) {
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [unfit, setUnfit] = useState<string | undefined>();
  // It is in no draft before it is added, and stays in the field where it does not fit.
  useTellUnsaved(`chips.${listId}`, typed.trim() !== "");
  const fault = useFirstFault(field, ...values.map((_, index) => fieldKey(field, index)));
  /** Takes over what fits. What does not stays in the field, with the reason beneath. */
  const add = (text: string) => {
    const parts = text.split(",").map((part) => part.trim());
    const isFit = (part: string) => part.length <= longest && toValue(part) !== "";
    const all = [...new Set([...values, ...parts.filter(isFit).map(toValue)])];
    const left = [...all.slice(max), ...parts.filter((part) => part !== "" && !isFit(part))];
    setTyped(left.join(", "));
    setUnfit(left.length === 0 ? undefined : unfitWords(all.length > max, max, longest));
    if (all.length > values.length) onChange(all.slice(0, max));
  };
  const type = (text: string) => {
    // What did not fit is mended as one text; a comma adds what stands before it otherwise.
    if (unfit === undefined && text.includes(",")) return add(text);
    setTyped(text);
    if (text === "") setUnfit(undefined);
  };
  const press = (event: KeyboardEvent) => {
    if (isPlainEnter(event.nativeEvent)) add(typed);
    if (event.key === "Backspace" && typed === "" && values.length > 0) onChange(values.slice(0, -1));
  };
  return (
    <div data-field={field} className={styles.field}>
      <Field label={label} hint={hint} error={unfit ?? fault}>
        <div className={styles.chips}>
          {values.map((value) => (
            <span key={value} className={styles.chip} title={suggestions.find((known) => known.value === value)?.name}>
              {value}
              <button
                type="button"
                onClick={() => onChange(values.filter((other) => other !== value))}
                aria-label={`Take ${value} out`}
              >
                <X size={12} aria-hidden />
              </button>
            </span>
          ))}
          <Input
            list={listId}
            autoComplete="off"
            value={typed}
            onChange={({ target: { value } }) => type(value)}
            onKeyDown={press}
            onBlur={() => add(typed)}
          />
        </div>
      </Field>
      <datalist id={listId}>
        {suggestions.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </datalist>
    </div>
  );
}

const unfitWords = (isFull: boolean, max: number, longest: number): string =>
  isFull
    ? `There can be ${max}. What stands here is not saved: take another one out to add it.`
    : `Each is made of letters from a to z and of digits, at most ${longest} of them. What stands here is not saved: change it to add it.`;
