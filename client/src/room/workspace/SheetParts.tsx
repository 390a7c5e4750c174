import type { DocumentPart } from "@whetstone/shared/workspace/name";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import styles from "./SheetParts.module.css";

/** What a sheet shows: what is written, what is drawn, or once there was quiet time how that came to be. */
export type SheetPart = DocumentPart | "story";

const NAMES: Readonly<Record<SheetPart, string>> = { text: "Text", board: "Board", story: "Story" };
const ALWAYS: readonly SheetPart[] = ["text", "board"];
const WITH_STORY: readonly SheetPart[] = [...ALWAYS, "story"];

/** What the board of a sheet is called, by what the sheet is. */
export const boardOf = (sheet: string): string => sheet.replace("answer sheet", "board");

interface PartTabsProps {
  /** Of the page, by which tabs and panel know each other. */
  readonly id: string;
  readonly part: SheetPart;
  /** Whether the story of quiet time can be told. */
  readonly hasStory: boolean;
  readonly onShow: (part: SheetPart) => void;
}

/** What of a sheet is shown. */
export function PartTabs({ id, part, hasStory, onShow }: PartTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const parts = hasStory ? WITH_STORY : ALWAYS;
  const turn = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const by = event.key === "ArrowRight" ? 1 : -1;
    const other = parts.at((parts.indexOf(part) + by) % parts.length) ?? "text";
    onShow(other);
    list.current?.querySelector<HTMLElement>(`[data-part=${other}]`)?.focus();
  };
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label="Sheet" onKeyDown={turn}>
      {parts.map((of) => (
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

type PartPanelProps = Pick<PartTabsProps, "id" | "part"> & { readonly children: ReactNode };

/** The part of a sheet that is shown. */
export const PartPanel = ({ id, part, children }: PartPanelProps) => (
  <div role="tabpanel" className={styles.panel} data-part={part} id={`${id}-part`} aria-labelledby={`${id}-${part}`}>
    {children}
  </div>
);
