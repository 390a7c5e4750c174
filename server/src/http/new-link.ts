import { hashSecret, newId, newSecret } from "../room/secrets.ts";

const DAY_MS = 24 * 3_600_000;

/** When what is made at `now` expires after so many days; both moments in milliseconds since 1970. */
export const daysFrom = (now: number, days: number): number => now + days * DAY_MS;

/**
 * A new link for one room: the part that is stored, with only the secret's hash, and the part that is shown once. `about` says what
 * it is for, such as the kind of seat. `expiresAt` in milliseconds since 1970, null for never.
 */
export function newLink<About extends object>(roomId: string, expiresAt: number | null, about: About) {
  const secret = newSecret(roomId);
  const named = { ...about, linkId: newId("l"), expiresAt };
  return { link: { ...named, hash: hashSecret(secret) }, shown: { ...named, secret } };
}
