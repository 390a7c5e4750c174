import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { Button } from "../Button.tsx";
import { fieldKey } from "./field-key.ts";
import styles from "./fields.module.css";
import { LongTextField } from "./fields.tsx";
import { useFault, useFocusLater } from "./form.tsx";
import { moved, replacedAt, withoutAt } from "./lists.ts";

interface ListProps<T> {
  readonly field: string;
  readonly label: string;
  readonly hint?: string;
  /** What one of them is called: `key point`. */
  readonly noun: string;
  readonly items: readonly T[];
  readonly max: number;
  readonly blank: T;
  readonly onChange: (items: T[]) => void;
}

interface ListFieldProps<T> extends ListProps<T> {
  /** Rows of one control need no label to the eye. */
  readonly bare?: boolean;
  readonly row: (item: T, index: number, change: (item: T) => void) => ReactNode;
}

/** A list that grows and shrinks. Its rows move by their buttons, and by Alt with an arrow key from anywhere inside. */
export function ListField<T>(props: ListFieldProps<T>) {
  const { field, label, hint, noun, items, max, blank, onChange, bare = false, row } = props;
  const fault = useFault(field);
  const focusLater = useFocusLater();
  const [said, setSaid] = useState("");
  const move = (from: number, to: number) => {
    if (to < 0 || to >= items.length) return;
    onChange(moved(items, from, to));
    setSaid(`${capital(noun)} ${from + 1} is now number ${to + 1}.`);
    focusLater(fieldKey(field, to));
  };
  const remove = (index: number) => {
    onChange(withoutAt(items, index));
    setSaid(`${capital(noun)} ${index + 1} is taken out.`);
    focusLater(items.length > 1 ? fieldKey(field, Math.max(0, index - 1)) : `${field}.add`);
  };
  const add = () => {
    onChange([...items, blank]);
    focusLater(fieldKey(field, items.length));
  };
  const press = (event: KeyboardEvent, index: number) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(index, event.key === "ArrowUp" ? index - 1 : index + 1);
  };
  return (
    <fieldset data-field={field} className={styles.list}>
      <legend>
        {label}
        {hint && <small>{hint}</small>}
      </legend>
      {items.map((item, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keys are pressed in the controls inside
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: texts have no identity, and the focus goes to a row by its place
          key={index}
          data-field={fieldKey(field, index)}
          className={styles.row}
          onKeyDown={(event) => press(event, index)}
        >
          <span className={styles.number} aria-hidden>
            {index + 1}
          </span>
          <div className={styles.body} data-bare={bare}>
            {row(item, index, (changed) => onChange(replacedAt(items, index, changed)))}
          </div>
          <RowTools
            name={`${noun} ${index + 1}`}
            isFirst={index === 0}
            isLast={index === items.length - 1}
            onMove={(by) => move(index, index + by)}
            onRemove={() => remove(index)}
          />
        </div>
      ))}
      {fault !== undefined && <p className={styles.fault}>{fault}</p>}
      {items.length < max && (
        <span data-field={`${field}.add`}>
          <Button onClick={add} className={styles.add ?? ""}>
            <Plus size={14} aria-hidden /> Add {/^[aeiou]/.test(noun) ? "an" : "a"} {noun}
          </Button>
        </span>
      )}
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </fieldset>
  );
}

interface RowToolsProps {
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function RowTools({ name, isFirst, isLast, onMove, onRemove }: RowToolsProps) {
  return (
    <span className={styles.tools}>
      <Button look="quiet" disabled={isFirst} onClick={() => onMove(-1)} aria-label={`Move ${name} up`}>
        <ArrowUp size={14} aria-hidden />
      </Button>
      <Button look="quiet" disabled={isLast} onClick={() => onMove(1)} aria-label={`Move ${name} down`}>
        <ArrowDown size={14} aria-hidden />
      </Button>
      <Button look="quiet" onClick={onRemove} aria-label={`Take ${name} out`}>
        <X size={14} aria-hidden />
      </Button>
    </span>
  );
}

interface LinesProps extends Omit<ListProps<string>, "blank"> {
  /** How long one of them may be. */
  readonly length: number;
}

/** A list of texts. */
export function LinesField({ length, ...list }: LinesProps) {
  return (
    <ListField
      {...list}
      blank=""
      bare
      row={(text, index, change) => (
        <LongTextField
          field={fieldKey(list.field, index)}
          label={`${capital(list.noun)} ${index + 1}`}
          value={text}
          max={length}
          onChange={change}
        />
      )}
    />
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
