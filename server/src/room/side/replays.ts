import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { type Playback, playback, writersOf } from "@whetstone/shared/room/view/playback";
import { documentKey } from "@whetstone/shared/workspace/name";
import type { DocumentMessage, DocumentReplayed } from "@whetstone/shared/workspace/wire";
import { type Allowances, seatKey } from "../allowances.ts";
import type { Documents } from "../documents/documents.ts";
import type { MostAtOnce } from "../documents/store.ts";
import type { Rooms } from "../rooms.ts";
import type { Participant } from "./channel.ts";

export interface ReplaysOptions {
  readonly documents: Pick<Documents, "replay">;
  readonly rooms: Pick<Rooms, "read">;
  /** What documents may take of one seat, in bytes: the same for opening one and for reading how it came to be. */
  readonly allowance: Pick<Allowances, "has" | "spend">;
}

type Replay = Extract<DocumentMessage, { readonly type: "replay" }>;
type Room = NonNullable<Awaited<ReturnType<Rooms["read"]>>>;

/** So much is read at once: some milliseconds, for which nobody else waits longer. */
const PIECE: MostAtOnce = { updates: 1_000, bytes: 128 * 1024 };
/** What one more update costs beside its bytes, and a piece however little there is of it. */
const UPDATE_COSTS = 64;
const PIECE_LEAST = 4 * 1024;

/** How documents came to be, in pieces, for whoever is shown their ask. */
export class Replays {
  readonly #options: ReplaysOptions;

  constructor(options: ReplaysOptions) {
    this.#options = options;
  }

  async read({ after, type: _, ...name }: Replay, who: Participant): Promise<DocumentReplayed> {
    const { documents, rooms, allowance } = this.#options;
    const seat = seatKey(who);
    if (!allowance.has(seat)) return refused(refusal("too_many"));
    // It is paid for beforehand, as many can be asked for at once, and what it was not worth is given back.
    allowance.spend(seat, PIECE.bytes);
    let price = PIECE_LEAST;
    try {
      const state = await rooms.read(who.roomId);
      const told = state ? mayReplay(state, who.seatId, name.askId) : refusal("unknown_room");
      if (!state || "reason" in told) return refused("reason" in told ? told : refusal("unknown_room"));
      const place = { roomId: who.roomId, name: documentKey(name) };
      const { updates, count } = await documents.replay(place, after, PIECE);
      price += updates.reduce((sum, { update }) => sum + update.length + UPDATE_COSTS, 0);
      const seats = [...new Set(updates.flatMap(({ seatId }) => seatId ?? []))];
      return {
        ok: true,
        updates: updates.map(({ at, seatId, update }) => ({
          at,
          by: seatId === null ? null : seats.indexOf(seatId),
          update: Buffer.from(update.buffer, update.byteOffset, update.length).toString("base64"),
        })),
        writers: writersOf(state, seats),
        count,
        playback: told,
      };
    } finally {
      allowance.spend(seat, price - PIECE.bytes);
    }
  }
}

/** What is told beside a history, or why it may not be read just now. Everything that keeps somebody from reading one is said here. */
function mayReplay(state: Room, seatId: string, askId: string): Playback | Refusal {
  return playback(state, seatId, askId) ?? refusal("unknown_ask");
}

const refused = (reason: Refusal) => ({ ok: false, refusal: reason }) as const;
