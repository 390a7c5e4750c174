import { createHash, createHmac, randomBytes, randomInt } from "node:crypto";

const SECRET = /^(r_[A-Za-z0-9-]{12,40})\.([A-Za-z0-9_-]{43})$/;

/** A fresh identifier: the prefix letter, then 96 random bits in hexadecimal. */
export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString("hex")}`;

/** A name for a version of a view that tells nothing else about it. */
export const newVersion = (): number => randomInt(2 ** 32);

/** Names a fault in the log and to whoever met it; says nothing else. */
export const newFault = (): string => randomBytes(4).toString("hex");

export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** A browser as a room knows it: by a hash that is another one in every room. */
export const holderIn = (roomId: string, holder: string): string => hashSecret(`holder ${roomId} ${holder}`);

/** The room that a secret says it is for, or null when it has not the form of one. Whether the room knows it is the log's to say. */
export const roomNamedIn = (secret: string): string | null => SECRET.exec(secret)?.[1] ?? null;

/** What one request makes up. Asked again under the same name, each gives the same again. */
export interface Made {
  /** Under which the request is carried out once, and logged. */
  readonly commandId: string;
  /** An identifier: the prefix letter, then 96 bits in hexadecimal. */
  id(prefix: string, name?: string): string;
  /** 256 bits in base64url. */
  key(name: string): string;
  /**
   * A capability for one room: its identifier, a dot, and 256 bits in base64url. Links and seat tokens have this form; only their
   * SHA-256 is stored.
   */
  secret(roomId: string, name: string): string;
}

/**
 * Makes the identifiers and secrets of requests from the server's own key (32 random bytes), from who asks and from the request's
 * commandId, so that a request that is sent again because its answer was lost makes the same ones and shows the same link. The
 * commandId is stored nowhere as it came: who reads the log and the key still knows no secret.
 */
export function mintOf(serverKey: Buffer): (who: string, commandId: string | undefined) => Made {
  return (who, commandId = newId("c")) => {
    const digest = (name: string) =>
      createHmac("sha256", serverKey)
        .update(JSON.stringify([who, commandId, name]))
        .digest();
    const id = (prefix: string, name = "") =>
      `${prefix}_${digest(`identifier ${prefix} ${name}`).toString("hex", 0, 12)}`;
    const key = (name: string) => digest(`key ${name}`).toString("base64url");
    return { commandId: id("c"), id, key, secret: (roomId, name) => `${roomId}.${key(`${roomId} ${name}`)}` };
  };
}

export type Mint = ReturnType<typeof mintOf>;
