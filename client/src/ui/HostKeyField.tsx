import { Field, fieldStyles, Input } from "./Field.tsx";

interface HostKeyFieldProps {
  readonly value: string;
  /** What takes the key here, as in "opening a room". */
  readonly doing: string;
  readonly error: string | undefined;
  readonly autoFocus?: boolean;
  readonly onChange: (key: string) => void;
}

/** Where the host key is given, on a server that others can reach. */
export function HostKeyField({ value, doing, error, autoFocus = false, onChange }: HostKeyFieldProps) {
  return (
    <Field
      label="Host key"
      hint={`This server can be reached by others, so ${doing} takes the key that it printed when it started.`}
      error={error}
    >
      <Input
        className={fieldStyles.input ?? ""}
        type="password"
        value={value}
        autoFocus={autoFocus}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  );
}
