import type { Level } from "@whetstone/shared/bank";
import type { InterviewingScale } from "@whetstone/shared/practice/interviewing";
import { useId, useRef } from "react";
import { Button } from "../../../ui/Button.tsx";
import styles from "./LevelChoice.module.css";

interface LevelChoiceProps {
  readonly scale: InterviewingScale;
  readonly chosen: Level | null;
  readonly disabled: boolean;
  readonly onChoose: (level: Level | null) => void;
}

/** Four anchors of which one may be chosen, and taken back. */
export function LevelChoice({ scale: { name, anchors }, chosen, disabled, onChoose }: LevelChoiceProps) {
  const group = useId();
  const first = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.place}>
      <fieldset className={styles.choice} disabled={disabled}>
        <legend>{name}</legend>
        {anchors.map((anchor, index) => {
          const level = (index + 1) as Level;
          return (
            <label key={anchor} data-level={level}>
              <input
                ref={index === 0 ? first : undefined}
                type="radio"
                name={group}
                checked={chosen === level}
                onChange={() => onChoose(level)}
              />
              <b>{level}</b>
              <span>{anchor}</span>
            </label>
          );
        })}
      </fieldset>
      {chosen !== null && !disabled && (
        <Button
          look="quiet"
          className={styles.back}
          aria-label={`${name}: take it back`}
          onClick={() => {
            onChoose(null);
            // The button goes with what it took back.
            first.current?.focus();
          }}
        >
          Take it back
        </Button>
      )}
    </div>
  );
}
