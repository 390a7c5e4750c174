import type { RoomLog } from "./log.ts";
import { hashSecret, roomNamedIn } from "./secrets.ts";

/** Which secrets let somebody into which room. Looked up in the log's index: no room is read for it. */
export class KnownSecrets {
  readonly #log: Pick<RoomLog, "has" | "roomOfSecret">;

  constructor(log: Pick<RoomLog, "has" | "roomOfSecret">) {
    this.#log = log;
  }

  /** The room that a secret is for and that knows it, or null where there is none. */
  async roomOf(secret: string): Promise<string | null> {
    const roomId = roomNamedIn(secret);
    return roomId !== null && (await this.lets(roomId, hashSecret(secret))) ? roomId : null;
  }

  /** Whether a secret says that it is for a room which is not here. */
  async isElsewhere(secret: string): Promise<boolean> {
    const roomId = roomNamedIn(secret);
    return roomId !== null && !(await this.#log.has(roomId));
  }

  /** Whether a secret with this SHA-256 lets or has let somebody into the room. */
  async lets(roomId: string, secretHash: string): Promise<boolean> {
    return (await this.#log.roomOfSecret(secretHash)) === roomId;
  }
}
