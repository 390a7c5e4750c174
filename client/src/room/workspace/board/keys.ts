import type { AppState } from "@excalidraw/excalidraw/types";
import type { KeyboardEvent } from "react";
import { FIELD } from "../../../browser/field.ts";

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "target">;

/** With Ctrl or Command: to open, save, export, search, and to choose a command. */
const LEADING = new Set(["o", "s", "e", "f", "p", "/"]);
/** With Alt: figures, a view without tools, another colour scheme, and pictures of the board. */
const LEADING_WITH_ALT = new Set(["/", "z", "r", "d", "c"]);
/** Alone: help, a picture, and a light that nobody else sees. */
const LEADING_ALONE = new Set(["?", "9", "k"]);

/** Keys of Excalidraw by which one comes to files, to other pages, or to what is not taken or not seen here. */
export function leadsAway({ key, ctrlKey, metaKey, altKey, target }: Pressed): boolean {
  if (target instanceof Element && target.closest(FIELD)) return false;
  const letter = key.toLowerCase();
  if (ctrlKey || metaKey) return LEADING.has(letter);
  return altKey ? LEADING_WITH_ALT.has(letter) : LEADING_ALONE.has(letter);
}

/** Whether Escape would change nothing on the board, so that it leads out of it. What is selected it leaves selected. */
export function isAtRest(state: AppState): boolean {
  if (state.viewModeEnabled) return true;
  const { activeTool, editingTextElement, newElement, multiElement, editingLinearElement, editingGroupId } = state;
  const { openMenu, openPopup, openDialog, openSidebar, contextMenu, showHyperlinkPopup } = state;
  const isDrawn = editingTextElement ?? newElement ?? multiElement ?? editingLinearElement ?? editingGroupId;
  const isOpen = (openMenu ?? openPopup ?? openDialog ?? openSidebar ?? contextMenu) || showHyperlinkPopup === "editor";
  return activeTool.type === "selection" && !isDrawn && !isOpen;
}
