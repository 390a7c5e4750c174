import { type ComponentProps, useId } from "react";
import styles from "./Field.module.css";

interface PlainFieldProps extends Omit<ComponentProps<"input">, "id" | "className"> {
  readonly label: string;
  readonly error?: string | undefined;
}

/** A line of text with its label, and the error beneath when there is one; for pages that have to be there soon. */
export function PlainField({ label, error, ...input }: PlainFieldProps) {
  const id = useId();
  const errorId = useId();
  const isInvalid = error !== undefined;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        {...input}
        id={id}
        className={styles.input}
        data-invalid={isInvalid ? "" : undefined}
        aria-invalid={isInvalid || undefined}
        aria-describedby={isInvalid ? errorId : undefined}
      />
      {isInvalid && (
        <div id={errorId} className={styles.error}>
          {error}
        </div>
      )}
    </div>
  );
}
