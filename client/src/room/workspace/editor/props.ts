import type { ReactNode, RefObject } from "react";
import type { Workspace } from "./workspace.ts";

/** What whoever shows the editor can have it do. */
export interface EditorHandle {
  /** Leads to a line, from 1, and puts the cursor there. */
  goToLine(line: number): void;
}

export interface EditorProps {
  readonly workspace: Workspace;
  /** What the text is called. */
  readonly label: string;
  /** Identifiers of what describes it, as for `aria-describedby`. */
  readonly describedBy?: string;
  readonly isEditable: boolean;
  /** How long it may become, in UTF-16 code units. */
  readonly most: number;
  readonly placeholder?: string;
  /** The ask whose sheet it is, by which the page knows the field (`data-sheet`). */
  readonly sheet?: string;
  /** Whose cursor the view can go with. */
  readonly follows?: { readonly seatId: string; readonly name: string };
  /** Whether its writer comes from another text. */
  readonly takesFocus?: boolean;
  /** Whoever sits here has pasted or dropped so many characters into the text. */
  readonly onPaste?: (characters: number) => void;
  /** Whoever sits here has written in the field, or begins or ends to compose in it. */
  readonly onWrite?: (field: HTMLElement, isComposing: boolean) => void;
  /** What Ctrl+Enter does, and ⌘ Enter; without it they are the text's own. */
  readonly onRun?: (() => void) | undefined;
  /** At the beginning of the line beneath the text, and beneath that. */
  readonly actions?: ReactNode;
  readonly beneath?: ReactNode;
  readonly handle?: RefObject<EditorHandle | null>;
}
