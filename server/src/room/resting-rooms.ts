import type { Room } from "./room.ts";

/** Smaller rooms are read again in no time. */
const SMALLEST = 1024 * 1024;
/** What the logs of all of them take together at the most. */
const LARGEST = 256 * 1024 * 1024;

/** Large rooms that nobody holds just now, kept for a while: reading one again and again would take the server from the others. */
export class RestingRooms {
  /** The one that has rested longest comes first. */
  readonly #rooms = new Map<string, Room>();
  #bytes = 0;

  put(room: Room): void {
    this.take(room.roomId);
    if (room.size.bytes < SMALLEST) return;
    this.#rooms.set(room.roomId, room);
    this.#bytes += room.size.bytes;
    for (const roomId of this.#rooms.keys()) if (this.#bytes > LARGEST) this.take(roomId);
  }

  take(roomId: string): Room | undefined {
    const room = this.#rooms.get(roomId);
    if (!room) return undefined;
    this.#rooms.delete(roomId);
    this.#bytes -= room.size.bytes;
    return room;
  }
}
