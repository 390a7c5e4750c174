import { newId } from "./ids.ts";
import { browserStorage } from "./storage.ts";

const HOLDER = "whetstone.holder";
/** As short as the server takes one, in characters. */
const HOLDER_LEAST = 20;

/** What this browser calls itself, so that the seats of a room that are taken here are known as one person's. */
export function holderName(): string {
  const known = browserStorage.getItem(HOLDER);
  if (known !== null && known.length >= HOLDER_LEAST) return known;
  const fresh = newId("b");
  browserStorage.setItem(HOLDER, fresh);
  return fresh;
}
