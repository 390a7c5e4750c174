import type { CorrectedRole } from "@whetstone/shared/bank-wire";
import { useState } from "react";
import { keysAreOn } from "../../browser/keys.ts";
import { plural } from "../../words.ts";
import type { NumberedPiece } from "./corrections.ts";
import styles from "./RoleChoice.module.css";
import { ROLE_GROUPS, ROLE_KEYS, ROLE_NAMES } from "./roles.ts";
import { quoted } from "./words.ts";

interface RoleChoiceProps {
  readonly piece: NumberedPiece;
  readonly alike: number;
  readonly onPut: (piece: NumberedPiece, as: CorrectedRole, isForAll: boolean) => void;
}

const CHOICE_NAMES: Readonly<Record<CorrectedRole, string>> = {
  ...ROLE_NAMES,
  join: "Join with the one before",
  out: "Leave out",
};

/** All that a piece can be, by who sees it; alone, or with all that look like it. */
export function RoleChoice({ piece, alike, onPut }: RoleChoiceProps) {
  const [isForAll, setForAll] = useState(false);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form, and what is chosen here is done at once
    <div className={styles.choice} role="group" aria-label={`What is ${quoted(piece.text)}?`}>
      {ROLE_GROUPS.map(({ name, roles }) => (
        <div key={name} className={styles.group}>
          <span>{name}</span>
          <div>
            {roles.map((role) => (
              <button
                key={role}
                type="button"
                aria-pressed={piece.role === role}
                onClick={() => onPut(piece, role, isForAll)}
              >
                {CHOICE_NAMES[role]}
                {keysAreOn() && <kbd aria-hidden>{ROLE_KEYS[role].toUpperCase()}</kbd>}
              </button>
            ))}
          </div>
        </div>
      ))}
      {alike > 0 && (
        <label>
          <input type="checkbox" checked={isForAll} onChange={({ target }) => setForAll(target.checked)} />
          {alikeWords(alike)}
        </label>
      )}
    </div>
  );
}

/** What it is called to put the others right too. */
export const alikeWords = (count: number): string =>
  `Also ${plural(count, "other that looks", "others that look")} like it`;
