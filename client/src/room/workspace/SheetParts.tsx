import type { DocumentPart } from "@whetstone/shared/workspace/name";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import styles from "./SheetParts.module.css";

const NAMES: Readonly<Record<DocumentPart, string>> = { text: "Text", board: "Board" };
const PARTS: readonly DocumentPart[] = ["text", "board"];

interface PartTabsProps {
  /** Of the page, by which tabs and panel know each other. */
  readonly id: string;
  readonly part: DocumentPart;
  readonly onShow: (part: DocumentPart) => void;
}

/** What of a sheet is shown: what is written, or what is drawn. */
export function PartTabs({ id, part, onShow }: PartTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const turn = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const other = part === "text" ? "board" : "text";
    onShow(other);
    list.current?.querySelector<HTMLElement>(`[data-part=${other}]`)?.focus();
  };
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label="Sheet" onKeyDown={turn}>
      {PARTS.map((of) => (
        <button
          key={of}
          type="button"
          role="tab"
          id={`${id}-${of}`}
          data-part={of}
          aria-selected={part === of}
          aria-controls={part === of ? `${id}-part` : undefined}
          tabIndex={part === of ? 0 : -1}
          onClick={() => onShow(of)}
        >
          {NAMES[of]}
        </button>
      ))}
    </div>
  );
}

/** The part of a sheet that is shown. */
export const PartPanel = ({ id, part, children }: Pick<PartTabsProps, "id" | "part"> & { children: ReactNode }) => (
  <div role="tabpanel" className={styles.panel} id={`${id}-part`} aria-labelledby={`${id}-${part}`}>
    {children}
  </div>
);
