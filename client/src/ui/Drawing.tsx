import { Maximize2, Minimize2 } from "lucide-react";
import { useState } from "react";
import { Button } from "./Button.tsx";
import styles from "./Drawing.module.css";
import { Paper } from "./Paper.tsx";
import { Wide } from "./Wide.tsx";

interface DrawingProps {
  readonly picture: { readonly svg: string; readonly width: number; readonly height: number };
  /** What stands on it, in words. */
  readonly told: readonly string[];
  /** What it is a picture of. */
  readonly label: string;
}

/** A board as a picture that can be enlarged, and in words. */
export function Drawing({ picture, told, label }: DrawingProps) {
  const [isLarge, enlarge] = useState(false);
  return (
    <figure className={styles.drawn}>
      <figcaption>
        Drawn on the board
        <Button look="quiet" aria-pressed={isLarge} onClick={() => enlarge(!isLarge)}>
          {isLarge ? <Minimize2 size={14} aria-hidden /> : <Maximize2 size={14} aria-hidden />} Enlarge
          <span className="visually-hidden"> {label}</span>
        </Button>
      </figcaption>
      <Wide tag="div" name={label} className={styles.pane}>
        <Paper picture={picture} alt={label} isLarge={isLarge} />
      </Wide>
      <details className={styles.told}>
        <summary>In words</summary>
        <ul>
          {told.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
            <li key={index} dir="auto">
              {line}
            </li>
          ))}
        </ul>
      </details>
    </figure>
  );
}
