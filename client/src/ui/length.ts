/** How long a text is beside what may be saved of it. Both are counted in UTF-16 code units, as the schemas do. */

const number = (count: number): string => count.toLocaleString("en");
const characters = (count: number): string => `${number(count)} ${count === 1 ? "character" : "characters"}`;

/** By how much a text is too long, as a sentence; undefined where it fits. */
export const tooLong = (text: string, most: number): string | undefined =>
  text.length > most
    ? `This is ${characters(text.length - most)} too long: it may have ${number(most)} and has ${number(text.length)}.`
    : undefined;

/** From which share of its length on a text is near its end. */
const NEAR = 0.9;

/** How much still fits, once that is little. */
export const roomLeft = (text: Pick<string, "length">, most: number): string | undefined =>
  text.length > most * NEAR && text.length <= most ? `${characters(most - text.length)} left.` : undefined;

/** A text in two: what may be saved, and what is beyond. No character is cut in half. */
export function partedAt(text: string, most: number): { readonly within: string; readonly beyond: string } {
  const last = text.charCodeAt(most - 1);
  const splits = text.length > most && last >= 0xd800 && last <= 0xdbff;
  const at = splits ? most - 1 : most;
  return { within: text.slice(0, at), beyond: text.slice(at) };
}
