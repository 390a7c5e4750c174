import { X } from "lucide-react";
import { Button } from "../ui/Button.tsx";
import { plural } from "../words.ts";
import { type BankAddress, withAsked, withToggled } from "./address.ts";
import styles from "./Chosen.module.css";
import { namesOfChosen } from "./names.ts";
import type { Found } from "./queries.ts";

interface ChosenProps {
  readonly address: BankAddress;
  readonly found: Found;
  readonly onChange: (address: BankAddress) => void;
  /** Null where there is nothing to clear. */
  readonly onClear: (() => void) | null;
}

/** How much was found, by which words, and under which filters; each goes away by a click. */
export function Chosen({ address, found, onChange, onClear }: ChosenProps) {
  return (
    <div className={styles.chosen}>
      <p role="status">
        {found.corrected !== null && (
          <>
            Searching for <b>{found.corrected}</b> instead.{" "}
          </>
        )}
        {plural(found.total, "question")}
      </p>
      <ul aria-label="Chosen filters">
        {namesOfChosen(address, found.choices).map(({ filter, value, name }) => (
          <li key={`${filter} ${value}`}>
            <Chip name={name} onRemove={() => onChange(withToggled(address, filter, value))} />
          </li>
        ))}
        {address.asked && (
          <li>
            <Chip
              name={address.asked === "asked" ? "Asked before" : "Not asked yet"}
              onRemove={() => onChange(withAsked(address, null))}
            />
          </li>
        )}
      </ul>
      {onClear && (
        <Button look="quiet" className={styles.clear ?? ""} onClick={onClear}>
          Clear all
        </Button>
      )}
    </div>
  );
}

function Chip({ name, onRemove }: { name: string; onRemove: () => void }) {
  return (
    <button type="button" className={styles.chip} aria-label={`Remove ${name}`} onClick={onRemove}>
      {name} <X size={13} aria-hidden />
    </button>
  );
}
