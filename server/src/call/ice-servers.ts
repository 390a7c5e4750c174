import { createHash, createHmac } from "node:crypto";
import type { IceServer } from "@whetstone/shared/call/wire";

/** Which servers help browsers to reach each other. */
export interface IceOptions {
  /** Addresses of STUN and TURN servers, as RFC 7064 and RFC 7065 write them. */
  readonly urls: readonly string[];
  /** The secret that the TURN servers share with this one; null where there is no such server. */
  readonly turnSecret: string | null;
}

/** How long a credential opens a TURN server, in seconds. A page asks for another when it goes on for longer. */
const OPENS_FOR_S = 2 * 3_600;

export const isTurn = (url: string): boolean => /^turns?:/i.test(url);

/**
 * What a seat's browser is given, with a credential of its own for TURN that expires. Its form is that of "A REST API For Access To TURN
 * Services" (draft-uberti-behave-turn-rest-00, section 2.2), which coturn implements: the name is the second at which it expires and whose it
 * is, the password the name's HMAC-SHA1 in base64. `now` is in milliseconds since 1970.
 */
export function iceServersFor(seatId: string, { urls, turnSecret }: IceOptions, now: number): IceServer[] {
  const plain = urls.filter((url) => !isTurn(url));
  const relays = urls.filter(isTurn);
  const servers: IceServer[] = plain.length > 0 ? [{ urls: plain }] : [];
  if (relays.length === 0 || turnSecret === null) return servers;
  // Whoever runs the TURN server need not learn which seat it was.
  const holder = createHash("sha256").update(seatId).digest("hex").slice(0, 16);
  const username = `${Math.floor(now / 1_000) + OPENS_FOR_S}:${holder}`;
  const credential = createHmac("sha1", turnSecret).update(username).digest("base64");
  return [...servers, { urls: relays, username, credential }];
}
