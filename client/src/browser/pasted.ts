/** What addresses carry of ours, as it comes out of mail and chat, which put a full stop, a bracket or something unseen behind it. */

/** Identifiers, secrets and keys that the server makes end in one of these; a capability has a dot too, but never at its end. */
const OURS = /[A-Za-z0-9_-]/;

/** Where mail breaks a long line. */
const SOFT_BREAK = /=(?=\r?\n)/g;

const UNSEEN = /[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** An address that is passed on by several is escaped by several. */
const MOST_ESCAPES = 3;

/** A host key as the server makes it; an operator may choose another, of any characters. */
const MADE_KEY = /^[A-Za-z0-9_-]{24}$/;

/**
 * An identifier or a secret as it was before it was passed on: without what cannot be seen, and without what stands behind it and cannot
 * belong to it. What may belong to it stays, so nothing becomes another one than was given.
 */
export function asPasted(text: string): string {
  const seen = unescaped(text).replace(SOFT_BREAK, "").replace(UNSEEN, "");
  let end = seen.length;
  while (end > 0 && !OURS.test(seen.charAt(end - 1))) end--;
  return seen.slice(0, end);
}

/** A host key out of an address. One that an operator chose may end in anything that can be seen. */
export function keyAsPasted(text: string): string {
  const key = asPasted(text);
  return MADE_KEY.test(key) ? key : unescaped(text, 1).trim();
}

function unescaped(text: string, most = MOST_ESCAPES): string {
  const once = text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    new TextDecoder().decode(Uint8Array.from(escapes.slice(1).split("%"), (byte) => Number.parseInt(byte, 16))),
  );
  return once === text || most === 1 ? once : unescaped(once, most - 1);
}
