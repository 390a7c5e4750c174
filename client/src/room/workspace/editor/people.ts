import type { SelectionRange } from "@codemirror/state";
import {
  createAbsolutePositionFromRelativePosition as absolute,
  createRelativePositionFromJSON as fromJson,
  createRelativePositionFromTypeIndex as relative,
} from "yjs";
import { z } from "zod";
import { textOf, type Workspace } from "./workspace.ts";

/** What somebody says of themselves to the others in a document. It comes from their browser, so it is read as anything from outside is. */
const Said = z.looseObject({
  user: z.looseObject({
    seatId: z.string(),
    name: z.string(),
    /** Which of the looks is theirs, by its number. */
    color: z.unknown(),
  }),
  cursor: z.looseObject({ anchor: z.unknown(), head: z.unknown() }).nullish(),
});

/** Looks differ in colour, in the mark and in the line of the cursor, so that nobody is told from others by colour alone. */
const LOOKS = 6;

/** Somebody else in the document. */
export interface Other {
  readonly clientId: number;
  readonly seatId: string;
  readonly name: string;
  /** From 1 to `LOOKS`. */
  readonly look: number;
  /** Where they are, in UTF-16 code units; null before they have been in the text. */
  readonly place: { readonly anchor: number; readonly head: number } | null;
}

const NAME_MOST = 60;

/** Whoever else is in the document just now, in the same order and looks for everybody. */
export function othersIn(workspace: Workspace): readonly Other[] {
  const { awareness } = workspace;
  const all = [...awareness.getStates()].flatMap(([clientId, state]) => {
    const said = Said.safeParse(state);
    return said.success ? [{ clientId, ...said.data }] : [];
  });
  const seats = [...new Set(all.map(({ user }) => user.seatId))].sort();
  return all
    .filter(({ clientId }) => clientId !== awareness.clientID)
    .map(({ clientId, user: { seatId, name, color }, cursor }) => ({
      clientId,
      seatId,
      name: name.slice(0, NAME_MOST),
      look: (lookIn(color) ?? seats.indexOf(seatId) % LOOKS) + 1,
      place: placeOf(workspace, cursor),
    }))
    .sort((one, other) => one.clientId - other.clientId);
}

const lookIn = (color: unknown): number | null =>
  (typeof color === "string" || typeof color === "number") && /^\d{1,3}$/.test(String(color))
    ? Number(color) % LOOKS
    : null;

function placeOf(workspace: Workspace, cursor: z.infer<typeof Said>["cursor"]): Other["place"] {
  const [anchor, head] = [indexOf(workspace, cursor?.anchor), indexOf(workspace, cursor?.head)];
  return anchor === null || head === null ? null : { anchor, head };
}

function indexOf(workspace: Workspace, json: unknown): number | null {
  if (typeof json !== "object" || json === null) return null;
  try {
    const position = absolute(fromJson(json), workspace.doc);
    return position?.type === textOf(workspace) ? position.index : null;
  } catch {
    // What is no position is nowhere.
    return null;
  }
}

/** Tells the others where one is; null is nowhere. */
export function tellPlace(workspace: Workspace, selection: SelectionRange | null): void {
  const { awareness } = workspace;
  if (awareness.getLocalState() === null) return;
  const text = textOf(workspace);
  const cursor = selection && { anchor: relative(text, selection.anchor), head: relative(text, selection.head) };
  if (JSON.stringify(cursor) !== JSON.stringify(awareness.getLocalState()?.cursor ?? null))
    awareness.setLocalStateField("cursor", cursor);
}

/** Calls with the clients whose state has become another one, as others say it. */
export function onOthers({ awareness }: Workspace, listener: (clientIds: readonly number[]) => void): () => void {
  const changed = (change: Record<"added" | "updated" | "removed", number[]>) => {
    const others = [...change.added, ...change.updated, ...change.removed].filter((id) => id !== awareness.clientID);
    if (others.length > 0) listener(others);
  };
  awareness.on("change", changed);
  return () => awareness.off("change", changed);
}
