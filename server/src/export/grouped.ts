/** The asks of an interview by their identifiers. */
export const byAskId = <Ask extends { readonly askId: string }>(
  asks: readonly Ask[],
): ReadonlyMap<string | null, Ask> => new Map(asks.map((ask) => [ask.askId, ask]));

/** The entries of a list by what each of them belongs to, in their order. */
export function grouped<Entry, Key>(
  all: readonly Entry[],
  keyOf: (entry: Entry) => Key,
): ReadonlyMap<Key, readonly Entry[]> {
  const groups = new Map<Key, Entry[]>();
  for (const entry of all) {
    const key = keyOf(entry);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(entry);
  }
  return groups;
}
