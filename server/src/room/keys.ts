/** What is known of a room's key. */
export type KeyOf =
  | { readonly kind: "key"; readonly key: Buffer }
  /** It was destroyed, at that moment in milliseconds since 1970; what it sealed can be read by nobody. */
  | { readonly kind: "erased"; readonly at: number }
  | { readonly kind: "none" };

/**
 * The key of each room, under which its texts are sealed: 32 random bytes. They stand apart from what is backed up, and there is never more of
 * them than the newest state, so that a key that was destroyed is gone for every backup too.
 */
export interface RoomKeys {
  of(roomId: string): KeyOf;
  /** Makes keys for rooms of which nothing is known; they are on disk when this returns. */
  make(roomIds: readonly string[]): void;
  /** Destroys a room's key for ever, whether it has one or not; what was stored of it is overwritten when this returns. */
  destroy(roomId: string, at: number): void;
  /** The rooms whose key was destroyed, and when. */
  destroyed(): readonly { readonly roomId: string; readonly at: number }[];
  /** Whether nothing is known of any room. */
  isEmpty(): boolean;
  close(): void;
}

/** The key that a room's texts were sealed under is not here. */
export class KeyMissing extends Error {
  readonly roomId: string;

  constructor(roomId: string) {
    super(`The key to ${roomId} is missing.`);
    this.roomId = roomId;
  }
}

/** The key to a room, or throws `KeyMissing`. */
export function keyTo(keys: Pick<RoomKeys, "of">, roomId: string): Buffer {
  const found = keys.of(roomId);
  if (found.kind === "key") return found.key;
  throw new KeyMissing(roomId);
}
