import type { Sources } from "@whetstone/shared/bank";

/** An identifier for a copy of what has `id`, which nothing has yet. */
export function freeCopyId(id: string, isTaken: (id: string) => boolean): string {
  const stem = id.slice(0, 70).replace(/-+$/, "");
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? `${stem}-copy` : `${stem}-copy-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}

/** What the lists of the sources and their sections are called, each list followed by its sections. */
export function sectionNames(sources: Iterable<Sources>): Map<string, string> {
  const lists = [...sources].flatMap(({ lists }) => lists);
  return new Map(
    lists.flatMap(({ id, title, sections }) => [
      [id, title] as const,
      ...sections.map((section) => [section.id, section.title] as const),
    ]),
  );
}
