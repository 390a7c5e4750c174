import type { Room } from "./room.ts";

/** The small rooms that were let go last: who asks for one thing of a room mostly asks for others at once, and each would read it anew. */
export class RecentRooms {
  readonly #most: number;
  /** The one that was let go first comes first. */
  readonly #rooms = new Map<string, Room>();

  constructor(most: number) {
    this.#most = most;
  }

  put(room: Room): void {
    this.take(room.roomId);
    this.#rooms.set(room.roomId, room);
    const [first] = this.#rooms.keys();
    if (first !== undefined && this.#rooms.size > this.#most) this.take(first);
  }

  take(roomId: string): Room | undefined {
    const room = this.#rooms.get(roomId);
    this.#rooms.delete(roomId);
    return room;
  }
}
