import type { ReactNode } from "react";
import styles from "./Chips.module.css";

interface ChipsProps<Value extends string | number> {
  readonly legend: ReactNode;
  /** One of them, or any number. */
  readonly kind: "radio" | "checkbox";
  /** Tells a group of radio buttons from the others of the page. */
  readonly name: string;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly chosen: readonly Value[];
  readonly onChoose: (value: Value, isIn: boolean) => void;
}

/** A handful of words to choose from, each with its box, in lines that wrap. */
export function Chips<Value extends string | number>(props: ChipsProps<Value>) {
  const { legend, kind, name, options, chosen, onChoose } = props;
  return (
    <fieldset className={styles.set}>
      <legend>{legend}</legend>
      <div className={styles.chips}>
        {options.map(({ value, label }) => (
          <label key={value}>
            <input
              type={kind}
              name={name}
              checked={chosen.includes(value)}
              onChange={({ target }) => onChoose(value, target.checked)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
