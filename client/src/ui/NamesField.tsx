import { LIMITS } from "@whetstone/shared/room/limits";
import { Field, fieldStyles, Input } from "./Field.tsx";

/** The names of a list with one a line; undefined where there is none. */
export function namesIn(text: string): string[] | undefined {
  const names = text
    .split("\n")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return names.length === 0 ? undefined : names;
}

export const NAMES_EXPECTED = `Up to ${LIMITS.places.interviewer} names, each of up to ${LIMITS.name} characters.`;

interface NamesFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly rows?: number;
  readonly onChange: (value: string) => void;
}

/** A list of people's names. */
export function NamesField({ label, hint, value, error, rows = 3, onChange }: NamesFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        className={fieldStyles.input ?? ""}
        render={<textarea rows={rows} dir="auto" />}
        value={value}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
