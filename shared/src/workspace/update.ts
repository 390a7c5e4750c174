import * as Y from "yjs";
import type { PartRules } from "./rules.ts";

/**
 * Updates of a document come from whoever has a seat, so nothing of them is believed: this says what may become part of a document before it
 * does, and undoes nothing. The form is Yjs' update format, version 1.
 */

/** Why an update cannot become part of a document. */
export type UpdateFault =
  /** It is no update, or holds what no such document does. */
  | "garbage"
  /** Something is missing that it stands on. */
  | "gap"
  /** It says of another one's writing what they did not write. */
  | "not_theirs"
  /** The text would be longer than it may be, or the board fuller. */
  | "too_long"
  /** The document would be in more pieces than anybody's writing makes of it, each of which costs whoever opens it. */
  | "too_large";

/**
 * Pieces that a document may be in, or that one seat may make of it, see `PartRules`. Whoever writes a full sheet letter by letter in no order
 * makes fewer, and so does whoever drags several elements over a board for an hour without a pause.
 */
const MOST_PIECES = 60_000;

export interface Admission {
  readonly document: Y.Doc;
  /** Who writes under a number that an update names as its client's; undefined where nobody does yet. */
  readonly ownerOf: (client: number) => string | null | undefined;
  /** The seat that sends it. */
  readonly seatId: string;
  readonly rules: PartRules;
}

/** What is new in an update, by the clients that it is of. */
interface Fresh {
  readonly clients: ReadonlySet<number>;
  readonly items: readonly Y.Item[];
}

/**
 * Makes an update part of a document and gives the clients whose writing it brings; none where all of it was there before. Where it gives a
 * fault instead, the document may hold a part of it and is to be made anew, unless the fault was found before, which `isTouched` tells.
 */
export function admitted(
  update: Uint8Array,
  admission: Admission,
): { readonly clients: ReadonlySet<number> } | { readonly fault: UpdateFault; readonly isTouched: boolean } {
  const { document, rules, ownerOf, seatId } = admission;
  const fresh = freshIn(update, admission);
  if (typeof fresh === "string") return { fault: fresh, isTouched: false };
  const before = rules.sizeOf(document);
  try {
    Y.applyUpdate(document, update, admission);
  } catch {
    return { fault: "garbage", isTouched: true };
  }
  const { pendingStructs, pendingDs } = document.store;
  if (pendingStructs !== null || pendingDs !== null) return { fault: "gap", isTouched: true };
  if (!fresh.items.every((item) => rules.isInPlace(document, item))) return { fault: "garbage", isTouched: true };
  const size = rules.sizeOf(document);
  if (size > rules.most && size > before) return { fault: "too_long", isTouched: true };
  const isCounted = (client: number) =>
    !rules.countsPiecesBySeat || fresh.clients.has(client) || ownerOf(client) === seatId;
  if (fresh.items.length > 0 && piecesOf(document, isCounted) > MOST_PIECES)
    return { fault: "too_large", isTouched: true };
  return { clients: fresh.clients };
}

function piecesOf({ store }: Y.Doc, isCounted: (client: number) => boolean): number {
  let pieces = 0;
  for (const [client, structs] of store.clients) if (isCounted(client)) pieces += structs.length;
  return pieces;
}

function freshIn(update: Uint8Array, { document, ownerOf, seatId, rules }: Admission): Fresh | UpdateFault {
  const structs = structsOf(update);
  if (!structs) return "garbage";
  const clients = new Set<number>();
  const items: Y.Item[] = [];
  for (const struct of structs) {
    if (struct instanceof Y.Skip) return "gap";
    const { client, clock } = struct.id;
    if (clock + struct.length <= Y.getState(document.store, client)) continue;
    const owner = ownerOf(client);
    if (owner !== undefined && owner !== seatId) return "not_theirs";
    clients.add(client);
    if (struct instanceof Y.GC) continue;
    if (!rules.isOfPart(struct, document)) return "garbage";
    items.push(struct);
  }
  return { clients, items };
}

function structsOf(update: Uint8Array): readonly (Y.Item | Y.GC | Y.Skip)[] | null {
  try {
    return Y.decodeUpdate(update).structs;
  } catch {
    return null;
  }
}
