/** The list with the item at `index` replaced. */
export const replacedAt = <T>(list: readonly T[], index: number, item: T): T[] =>
  list.map((other, at) => (at === index ? item : other));

export const withoutAt = <T>(list: readonly T[], index: number): T[] => list.filter((_, at) => at !== index);

/** The list with the item at `from` moved to `to`; unchanged where either lies outside. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  const others = withoutAt(list, from);
  return [...others.slice(0, to), item, ...others.slice(to)];
}
