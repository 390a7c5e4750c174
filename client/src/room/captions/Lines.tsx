import type { Caption } from "@whetstone/shared/captions/wire";
import type { View } from "@whetstone/shared/room/view/view";
import styles from "./Lines.module.css";
import { speakerOf } from "./names.ts";

interface LinesProps {
  readonly lines: readonly Caption[];
  readonly view: View;
  readonly isReadOut?: boolean;
  /** Lines that are on no other page yet. */
  readonly unsent?: ReadonlySet<string>;
}

/** What was said, each line with who said it. */
export function Lines({ lines, view, isReadOut = false, unsent }: LinesProps) {
  return (
    <ol className={styles.lines} aria-live={isReadOut ? "polite" : "off"} aria-label="What is said">
      {lines.map((line) => (
        <li key={`${line.writerId} ${line.lineId}`} data-final={line.isFinal}>
          <b>
            <bdi>{speakerOf(line, view)}</bdi>:
          </b>{" "}
          <span dir="auto">{line.text}</span>
          {unsent?.has(line.lineId) && line.isFinal && <small> (not sent yet)</small>}
        </li>
      ))}
    </ol>
  );
}
