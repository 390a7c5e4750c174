import type { LinkSecret } from "@whetstone/shared/links-wire";
import type { Link } from "@whetstone/shared/room/seats/commands";
import { hashSecret, type Made } from "../room/secrets.ts";

const DAY_MS = 24 * 3_600_000;

/** When what is made at `now` expires after so many days; both moments in milliseconds since 1970. */
export const daysFrom = (now: number, days: number): number => now + days * DAY_MS;

/**
 * A new link for one room: the part that is stored, with only the secret's hash, and the secret, which is shown once. `about` says what
 * it is for, such as the kind of seat, and `named` tells it from others that one request makes. `expiresAt` in milliseconds since 1970, null
 * for never.
 */
export function newLink<About extends { readonly role?: string }>(
  made: Made,
  roomId: string,
  expiresAt: number | null,
  about: About,
  named = about.role ?? "",
) {
  const secret = made.secret(roomId, `link ${named}`);
  const link = { ...about, linkId: made.id("l", named), expiresAt, hash: hashSecret(secret) };
  return { link, secret };
}

/** A link as a room stores it, and its secret. */
export interface NewLink {
  readonly link: Link;
  readonly secret: string;
}

/** A link for each interviewer, in the order of their names. */
export const invitations = (made: Made, roomId: string, expiresAt: number, names: readonly string[]) =>
  names.map((name, index) =>
    newLink(made, roomId, expiresAt, { role: "interviewer" as const, name }, `interviewer ${index + 1}`),
  );

/** A link as it is shown to whoever asked for it. */
export const shownLink = ({ linkId, role, expiresAt, name }: Omit<Link, "hash">, secret: string): LinkSecret => ({
  linkId,
  role,
  expiresAt,
  secret,
  ...(name !== undefined && { name }),
});
