import { LIMITS } from "@whetstone/shared/room/limits";

/** Addresses of meetings, as people paste them. */

export type AddressRefusal = "not_https" | "not_an_address" | "with_name" | "too_long";

export type Address = { readonly url: string } | { readonly refused: AddressRefusal };

export const REFUSED_ADDRESS: Record<AddressRefusal, string> = {
  not_https: "Only an address that begins with https:// is taken.",
  not_an_address: "This is no address. Copy it from where the meeting is, such as https://meet.example.org/room.",
  with_name: "An address with a name or a password in it is not taken, as it hides where it leads.",
  too_long: `The address is too long: ${LIMITS.meeting} characters at most.`,
};

/** An address as somebody typed it; where they left out how it begins, it is taken to be https. */
export function addressOf(typed: string): Address {
  const text = typed.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(text);
  if (hasScheme && !/^https:\/\//i.test(text)) return { refused: "not_https" };
  const url = parsed(hasScheme ? text : `https://${text}`);
  if (!url || /\s/.test(text) || !isHost(url.hostname)) return { refused: "not_an_address" };
  if (url.username !== "" || url.password !== "") return { refused: "with_name" };
  return url.href.length > LIMITS.meeting ? { refused: "too_long" } : { url: url.href };
}

/** Where an address leads, by its host's name; null where it is none that may be opened. */
export function hostOf(address: string): string | null {
  const url = parsed(address);
  return url?.protocol === "https:" && url.username === "" && url.password === "" ? url.host : null;
}

/** A single word is a slip; names and numbers of hosts have dots or colons in them. */
const isHost = (name: string): boolean => /[.:]/.test(name);

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
