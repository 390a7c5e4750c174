import { LEVELS, type Level } from "@whetstone/shared/bank";
import type { KeyboardEvent } from "react";
import { isComposed } from "../../browser/pressed.ts";
import { Markdown } from "../../ui/Markdown.tsx";
import styles from "./Levels.module.css";

interface LevelsProps {
  readonly label: string;
  /** What an answer of each level sounds like, from the first on. */
  readonly anchors: readonly string[];
  readonly rated: Level | null;
  readonly disabled: boolean;
  /** The level that is chosen already is chosen again to take it back. */
  readonly onRate: (level: Level) => void;
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/**
 * The four levels of a criterion, of which one is chosen: one stop of the Tab key, within which the arrows choose, as in a group of radio
 * buttons. They are buttons all the same, as the chosen one can be pressed again.
 */
export function Levels({ label, anchors, rated, disabled, onRate }: LevelsProps) {
  const step = (event: KeyboardEvent<HTMLButtonElement>, from: number) => {
    const by = STEPS[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey || isComposed(event.nativeEvent)) return;
    event.preventDefault();
    const to = (from + by + anchors.length) % anchors.length;
    const level = LEVELS[to];
    const next = event.currentTarget.parentElement?.children[to];
    if (next instanceof HTMLElement) next.focus();
    if (level !== undefined && level !== rated) onRate(level);
  };
  return (
    <div className={styles.levels} role="radiogroup" aria-label={label} aria-disabled={disabled || undefined}>
      {anchors.map((anchor, index) => {
        const level = LEVELS[index];
        if (level === undefined) return null;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a radio button cannot be pressed again to withdraw what it says
          <button
            key={anchor}
            type="button"
            role="radio"
            className={styles.level}
            data-level={level}
            aria-checked={rated === level}
            tabIndex={level === (rated ?? LEVELS[0]) ? 0 : -1}
            disabled={disabled}
            onClick={() => onRate(level)}
            onKeyDown={(event) => step(event, index)}
          >
            <b>{level}</b>
            <Markdown text={anchor} inline />
          </button>
        );
      })}
    </div>
  );
}

/** The same to read, for whoever rates nothing. */
export function Anchors({ anchors }: Pick<LevelsProps, "anchors">) {
  return (
    <ol className={styles.levels}>
      {anchors.map((anchor, index) => (
        <li key={anchor} className={styles.level} data-level={index + 1}>
          <b aria-hidden>{index + 1}</b>
          <Markdown text={anchor} inline />
        </li>
      ))}
    </ol>
  );
}
