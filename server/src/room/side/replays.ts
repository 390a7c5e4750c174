import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { playback, writersOf } from "@whetstone/shared/room/view/playback";
import { type DocumentName, documentKey } from "@whetstone/shared/workspace/name";
import type { DocumentMessage, DocumentReplayed } from "@whetstone/shared/workspace/wire";
import { type Allowances, seatKey } from "../allowances.ts";
import type { Documents } from "../documents/documents.ts";
import type { MostAtOnce } from "../documents/store.ts";
import type { Rooms } from "../rooms.ts";
import type { Participant } from "./channel.ts";
import { receiving } from "./receiving.ts";

export interface ReplaysOptions {
  readonly documents: Pick<Documents, "replay">;
  readonly rooms: Pick<Rooms, "look">;
  /** What documents may take of one seat, in bytes: the same for opening one and for reading how it came to be. */
  readonly allowance: Pick<Allowances, "has" | "spend">;
}

type Replay = Extract<DocumentMessage, { readonly type: "replay" }>;

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
      const before = await this.#mayReplay(who, name);
      if (before) return refused(before);
      const place = { roomId: who.roomId, name: documentKey(name) };
      const { updates, count } = await documents.replay(place, after, PIECE);
      // Quiet time may have begun while it was read.
      const since = await this.#mayReplay(who, name);
      if (since) return refused(since);
      const seats = [...new Set(updates.flatMap(({ seatId }) => seatId ?? []))];
      const told = await rooms.look(who.roomId, (state) => {
        const beside = state && playback(state, who.seatId, name.askId);
        return beside && { playback: beside, writers: writersOf(state, seats) };
      });
      if (!told) return refused(refusal("unknown_ask"));
      price += updates.reduce((sum, { update }) => sum + update.length + UPDATE_COSTS, 0);
      return {
        ok: true,
        updates: updates.map(({ at, seatId, update }) => ({
          at,
          by: seatId === null ? null : seats.indexOf(seatId),
          update: Buffer.from(update.buffer, update.byteOffset, update.length).toString("base64"),
        })),
        count,
        ...told,
      };
    } finally {
      allowance.spend(seat, price - PIECE.bytes);
    }
  }

  /** Why a viewer may not read a document's history just now, or null where they may. Everything that keeps somebody from it is said here. */
  #mayReplay(who: Participant, name: DocumentName): Promise<Refusal | null> {
    return this.#options.rooms.look(who.roomId, (durable, ahead) => {
      if (!durable || !playback(durable, who.seatId, name.askId)) return refusal("unknown_ask");
      return receiving(durable, ahead)(who, name) ? null : refusal("quiet_time");
    });
  }
}

const refused = (reason: Refusal) => ({ ok: false, refusal: reason }) as const;
