/** Numbers as documents write them. */

/** Running time as minutes and seconds. */
export function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Where in an answer a note points; nothing where it points nowhere. */
export const momentText = (moment: { readonly answerMs: number } | undefined): string | null =>
  moment ? `at ${clock(moment.answerMs)} of the answer` : null;

/** A score, 1 to 4, with two decimals; a dash where there is none. */
export const scoreText = (score: number | null): string => (score === null ? "–" : score.toFixed(2));
