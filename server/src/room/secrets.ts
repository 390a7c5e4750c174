import { createHash, randomBytes, randomInt } from "node:crypto";

const SECRET = /^(r_[A-Za-z0-9-]{12,40})\.([A-Za-z0-9_-]{43})$/;

/** A fresh identifier: the prefix letter, then 96 random bits in hexadecimal. */
export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString("hex")}`;

/** A name for a version of a view that tells nothing else about it. */
export const newVersion = (): number => randomInt(2 ** 32);

/**
 * A capability for one room: its identifier, a dot, and 256 random bits in base64url. Links and seat tokens have this form; only
 * their SHA-256 is stored.
 */
export const newSecret = (roomId: string): string => `${roomId}.${randomBytes(32).toString("base64url")}`;

export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** The room that a secret is for, or null when it has not the form of one. */
export const roomOfSecret = (secret: string): string | null => SECRET.exec(secret)?.[1] ?? null;
