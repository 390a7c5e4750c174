/**
 * Parts of views are kept by the identity of the state that they are made of, so that an unchanged part is the same object in the
 * next view and costs nothing to compare. Nothing here knows what a part shows.
 */

/** Computes a part once for all who ask for it one after the other; a state as a whole is never asked for again. */
export function cachedLast<Source extends object, Part>(build: (source: Source) => Part): (source: Source) => Part {
  let last: { source: Source; part: Part } | null = null;
  return (source) => {
    if (last?.source !== source) last = { source, part: build(source) };
    return last.part;
  };
}

/** Computes a part once for each object it is made of. */
export function cached<Source extends object, Part>(build: (source: Source) => Part): (source: Source) => Part {
  const parts = new WeakMap<Source, Part>();
  return (source) => {
    const known = parts.get(source);
    if (known !== undefined) return known;
    const part = build(source);
    parts.set(source, part);
    return part;
  };
}

/**
 * Computes the parts of a list, each once for as long as its item stays the same at its place. `owner`, an object that seldom changes, keeps
 * the last ones alone: an item that changes with every command leaves nothing behind. Of its source a part takes nothing but what never
 * changes, such as names.
 */
export function cachedItems<Source, Item, Part>(
  owner: (source: Source) => object,
  items: (source: Source) => readonly Item[],
  build: (item: Item, source: Source) => Part,
): (source: Source) => Part[] {
  const lists = new WeakMap<object, { readonly items: readonly Item[]; readonly parts: readonly Part[] }>();
  return (source) => {
    const key = owner(source);
    const now = items(source);
    const known = lists.get(key);
    const parts = now.map((item, index) => {
      const kept = known?.items[index] === item ? known.parts[index] : undefined;
      return kept ?? build(item, source);
    });
    lists.set(key, { items: now, parts });
    return parts;
  };
}

/**
 * Computes a part once for as long as all that it is made of stays the same: `sources` names that, `owner` an object that seldom
 * changes and keeps the part.
 */
export function cachedWhile<Source, Part>(
  owner: (source: Source) => object,
  sources: (source: Source) => readonly unknown[],
  build: (source: Source) => Part,
): (source: Source) => Part {
  const parts = new WeakMap<object, { readonly sources: readonly unknown[]; readonly part: Part }>();
  return (source) => {
    const key = owner(source);
    const now = sources(source);
    const known = parts.get(key);
    if (known && areSame(known.sources, now)) return known.part;
    const part = build(source);
    parts.set(key, { sources: now, part });
    return part;
  };
}

function areSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  for (let index = 0; index < before.length; index++) if (before[index] !== now[index]) return false;
  return true;
}
