import { createCipheriv, createDecipheriv, randomFillSync } from "node:crypto";

/** AES-256-GCM, NIST SP 800-38D: a nonce of 96 random bits, then the tag of 128, then what is sealed. */
const CIPHER = "aes-256-gcm";
const NONCE = 12;
const TAG = 16;

/** Random bytes are made for many nonces at once, as one call costs more than a sealing. */
const nonces = Buffer.alloc(NONCE * 256);
let used = nonces.length;

/** To be copied before the next one is asked for: the filling after the last writes over it. */
function newNonce(): Buffer {
  if (used === nonces.length) {
    randomFillSync(nonces);
    used = 0;
  }
  used += NONCE;
  return nonces.subarray(used - NONCE, used);
}

/** Seals a text or bytes under a key of 32 bytes. `place` says where it stands: it opens nowhere else. */
export function seal(key: Buffer, place: string, content: string | Uint8Array): Buffer {
  const nonce = newNonce();
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(place));
  const body = typeof content === "string" ? cipher.update(content, "utf8") : cipher.update(content);
  // In this mode nothing is left over for the end, which only makes the tag.
  cipher.final();
  const sealed = Buffer.allocUnsafe(NONCE + TAG + body.length);
  sealed.set(nonce);
  sealed.set(cipher.getAuthTag(), NONCE);
  sealed.set(body, NONCE + TAG);
  return sealed;
}

/** The text that was sealed. Throws where that was not sealed under this key and for this place, or is not whole. */
export const unseal = (key: Buffer, place: string, sealed: Buffer): string =>
  unsealBytes(key, place, sealed).toString("utf8");

/** As `unseal`, of bytes. */
export function unsealBytes(key: Buffer, place: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  const body = decipher.update(sealed.subarray(NONCE + TAG));
  // In this mode the end only checks the tag.
  decipher.final();
  return body;
}
