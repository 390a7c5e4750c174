import { ArrowDown, ArrowUp, Redo2, Undo2 } from "lucide-react";
import { keysAreOn } from "../../browser/keys.ts";
import { Button } from "../../ui/Button.tsx";
import { KeyList } from "../../ui/KeyList.tsx";
import { plural } from "../../words.ts";
import styles from "./PlanBar.module.css";
import { alikeWords } from "./RoleChoice.tsx";
import { ROLE_GROUPS, ROLE_KEYS, ROLE_NAMES } from "./roles.ts";
import type { Correcting } from "./use-corrections.ts";

interface PlanBarProps {
  readonly unsure: number;
  readonly correcting: Correcting;
  /** What was put right last, in a sentence; null where nothing was. */
  readonly said: string | null;
  /** How many others look like what was put right last. */
  readonly alike: number;
  readonly onAlike: () => void;
  readonly onUnsure: (by: 1 | -1) => void;
}

const HELP =
  "What is not certainly the question went to the panel. Press the name of a piece to say what it is: nothing is in the bank before you import.";

/** What is unsure, and the ways from one to the next; what was put right last, and the ways back. */
export function PlanBar({ unsure, correcting, said, alike, onAlike, onUnsure }: PlanBarProps) {
  const { past, now, future } = correcting.history;
  return (
    <div className={styles.bar}>
      <div className={styles.row}>
        <b data-unsure={unsure > 0}>
          {unsure === 0 ? "Nothing is unsure" : `${plural(unsure, "piece is", "pieces are")} unsure`}
        </b>
        {unsure > 0 && (
          <span className={styles.buttons}>
            <Button aria-label="Next unsure piece" onClick={() => onUnsure(1)}>
              <ArrowDown size={14} aria-hidden /> Next
            </Button>
            <Button aria-label="Unsure piece before" onClick={() => onUnsure(-1)}>
              <ArrowUp size={14} aria-hidden /> Before
            </Button>
          </span>
        )}
        <span className={styles.end}>
          <Button look="quiet" disabled={past.length === 0} onClick={correcting.undo}>
            <Undo2 size={14} aria-hidden /> Undo
          </Button>
          <Button look="quiet" disabled={future.length === 0} onClick={correcting.redo}>
            <Redo2 size={14} aria-hidden /> Redo
          </Button>
          <Button look="quiet" disabled={now.length === 0} onClick={correcting.clear}>
            Undo all
          </Button>
        </span>
      </div>
      <div className={styles.said}>
        <p role="status">{said ?? HELP}</p>
        {alike > 0 && <Button onClick={onAlike}>{alikeWords(alike)}</Button>}
      </div>
    </div>
  );
}

const MOVES: readonly (readonly [key: string, meaning: string])[] = [
  ["↑ ↓", "the piece before, the next"],
  ["U", "the next that is unsure; with Shift the one before"],
  ["Y", "right as it is"],
];
const WAYS: readonly (readonly [key: string, meaning: string])[] = [
  ["Shift and a letter", "all that look like it"],
  ["Enter", "all choices"],
  ["Ctrl Z, ⌘ Z", "undo; with Shift redo"],
];

/** The keys that act on the piece that has the focus. */
export function PlanKeys() {
  if (!keysAreOn()) return null;
  const letters = ROLE_GROUPS.flatMap(({ roles }) =>
    roles.map((role) => [ROLE_KEYS[role].toUpperCase(), ROLE_NAMES[role].toLowerCase()] as const),
  );
  return (
    <details className={styles.keys}>
      <summary>Keys, where a piece has the focus</summary>
      <KeyList keys={[...MOVES, ...letters, ...WAYS]} />
    </details>
  );
}
