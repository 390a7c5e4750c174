import type { ReactNode } from "react";
import styles from "./Choice.module.css";

interface ChoiceProps<Value extends string> {
  readonly id: string;
  readonly legend: ReactNode;
  readonly options: readonly Value[];
  readonly names: Readonly<Record<Value, string>>;
  readonly chosen: Value | null;
  readonly disabled?: boolean;
  readonly onChoose: (value: Value) => void;
}

/** A few words of which one is chosen, side by side. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { id, legend, options, names, chosen, disabled = false, onChoose } = props;
  return (
    <fieldset id={id} disabled={disabled} className={styles.choice}>
      <legend>{legend}</legend>
      <div>
        {options.map((value) => (
          <label key={value} data-value={value}>
            <input type="radio" name={id} checked={chosen === value} onChange={() => onChoose(value)} />
            {names[value]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
