/** A fresh identifier: the prefix letter, then 96 random bits. `randomUUID` is missing where a page is served without TLS. */
export function newId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `${prefix}_${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
