import { Field as Base } from "@base-ui/react/field";
import type { ReactNode } from "react";
import styles from "./Field.module.css";

/** A labelled control with what it is for beneath, and the error in its place when there is one. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
}) {
  return (
    <Base.Root className={styles.field ?? ""} invalid={error !== undefined}>
      <Base.Label className={styles.label ?? ""}>{label}</Base.Label>
      {children}
      {error !== undefined && (
        <Base.Error className={styles.error ?? ""} match>
          {error}
        </Base.Error>
      )}
      {hint && error === undefined && <Base.Description className={styles.hint ?? ""}>{hint}</Base.Description>}
    </Base.Root>
  );
}

export { styles as fieldStyles };
export const Input = Base.Control;
