import type { KeyboardEvent } from "react";
import { keysAreOn } from "../../browser/keys.ts";
import { isComposed, keyName } from "../../browser/pressed.ts";
import type { Change } from "./corrections.ts";
import { confirmable, roleOfKey } from "./roles.ts";
import type { Place } from "./sides.ts";
import type { Correcting } from "./use-corrections.ts";
import type { KeptFocus } from "./use-kept-focus.ts";

interface PieceKeys {
  readonly places: ReadonlyMap<string, Place>;
  readonly focus: Pick<KeptFocus, "goTo">;
  readonly correcting: Pick<Correcting, "undo" | "redo">;
  readonly put: (change: Change) => void;
  readonly goToUnsure: (by: 1 | -1) => void;
  readonly close: () => void;
}

/** What the keys do while something of the plan has the focus: the arrows lead from piece to piece, and a letter says what the piece is. */
export function pieceKeys(keys: PieceKeys): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    if (event.defaultPrevented || isComposed(event.nativeEvent) || event.altKey) return;
    const name = keyName(event.nativeEvent);
    const act = event.ctrlKey || event.metaKey ? ofHistory(name, event.shiftKey, keys) : ofPiece(name, event, keys);
    if (act === null) return;
    event.preventDefault();
    act();
  };
}

type Act = (() => void) | null;

function ofHistory(name: string, isShifted: boolean, { correcting }: PieceKeys): Act {
  if (name === "z") return isShifted ? correcting.redo : correcting.undo;
  return name === "y" ? correcting.redo : null;
}

function ofPiece(name: string, event: KeyboardEvent<HTMLElement>, keys: PieceKeys): Act {
  const { places, focus, put, goToUnsure, close } = keys;
  const { shiftKey, repeat, target } = event;
  if (name === "Escape") return close;
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-piece]") : null;
  const key = element?.dataset.piece;
  const place = key === undefined ? undefined : places.get(key);
  const next = key === undefined ? null : stepped(name, [...places.keys()], key);
  if (next !== null) return () => focus.goTo(next);
  if (repeat || !keysAreOn()) return null;
  if (name === "u") return () => goToUnsure(shiftKey ? -1 : 1);
  if (!place) return null;
  const { piece } = place;
  const as = name === "y" ? confirmable(piece.role) : (roleOfKey(name) ?? null);
  return as === null ? null : () => put({ piece, as, isForAll: shiftKey });
}

/** Where an arrow leads from a piece; null for other keys. */
function stepped(name: string, all: readonly string[], from: string): string | null {
  const at = all.indexOf(from);
  switch (name) {
    case "ArrowDown":
      return all[at + 1] ?? from;
    case "ArrowUp":
      return all[at - 1] ?? from;
    default:
      return null;
  }
}
