import type { PassedOver } from "./parsed.ts";
import { shortened } from "./phrases.ts";

/** How much of a text is quoted, in UTF-16 code units. */
const QUOTED = 300;

/** What was left out, why, and how it begins. */
export function passedOver(file: string, line: number, why: string, text: string): PassedOver {
  const quoted = shortened(text.replace(/\s+/g, " ").trim(), QUOTED);
  return { at: { file, line }, message: `${why}: “${quoted}”` };
}
