import { initials } from "../words.ts";

/** How a rater is shown where there is no room for a name. */
export interface RaterSign {
  readonly seatId: string;
  readonly name: string;
  /** The viewer themselves. */
  readonly own: boolean;
  /** The initials; with a number where several raters have the same. */
  readonly mark: string;
}

/** The signs of a panel, in its order; no two have the same mark. */
export function signsOf(raters: readonly Omit<RaterSign, "mark">[]): readonly RaterSign[] {
  const marks = raters.map(({ name }) => initials(name));
  return raters.map(({ seatId, name, own }, index) => {
    const mark = marks[index] ?? "";
    const isShared = marks.filter((other) => other === mark).length > 1;
    const number = marks.slice(0, index + 1).filter((other) => other === mark).length;
    return { seatId, name, own, mark: isShared ? `${mark}${number}` : mark };
  });
}
