import type { BoardElement } from "@whetstone/shared/workspace/board/element";
import { outlineOf } from "@whetstone/shared/workspace/board/outline";
import { pictureOf } from "@whetstone/shared/workspace/board/picture";
import { toldOf } from "@whetstone/shared/workspace/board/told";
import { Maximize2, Minimize2 } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Paper } from "../../ui/Paper.tsx";
import { Wide } from "../../ui/Wide.tsx";
import styles from "./Drawn.module.css";

interface BoardPictureProps {
  readonly elements: readonly BoardElement[];
  /** What it is a picture of. */
  readonly label: string;
  readonly caption: string;
}

/** A board as a picture that can be enlarged, and in words. */
export function BoardPicture({ elements, label, caption }: BoardPictureProps) {
  const [isLarge, enlarge] = useState(false);
  const picture = useMemo(() => pictureOf(elements), [elements]);
  const told = useMemo(() => toldOf(outlineOf(elements)), [elements]);
  if (!picture) return null;
  return (
    <figure className={styles.drawn}>
      <figcaption>
        {caption}
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
