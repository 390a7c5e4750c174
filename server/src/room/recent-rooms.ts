import type { Room } from "./room.ts";

const KEPT = 32;

/** The small rooms that were let go last: who asks for one thing of a room mostly asks for others at once, and each would read it anew. */
export class RecentRooms {
  /** The one that was let go first comes first. */
  readonly #rooms = new Map<string, Room>();

  put(room: Room): void {
    this.take(room.roomId);
    this.#rooms.set(room.roomId, room);
    const [first] = this.#rooms.keys();
    if (first !== undefined && this.#rooms.size > KEPT) this.take(first);
  }

  take(roomId: string): Room | undefined {
    const room = this.#rooms.get(roomId);
    this.#rooms.delete(roomId);
    return room;
  }
}
