/** What the page of comparisons shows, as its address says it. */
export interface CompareAddress {
  /** The key of a group of candidates. */
  readonly of?: string;
  /** The rooms whose candidates stand side by side. */
  readonly beside?: string;
}

/** How many candidates can stand side by side. */
export const BESIDE = { fewest: 2, most: 4 } as const;

/** No identifier of a room has it, and an address leaves it as it is. */
const SEPARATOR = ".";

export function readCompareAddress(search: Record<string, unknown>): CompareAddress {
  return {
    ...(typeof search.of === "string" && search.of !== "" && { of: search.of }),
    ...(typeof search.beside === "string" && search.beside !== "" && { beside: search.beside }),
  };
}

export const besideOf = ({ beside }: CompareAddress): string[] => [...new Set((beside ?? "").split(SEPARATOR))];

export const joinedRooms = (roomIds: readonly string[]): string => roomIds.join(SEPARATOR);
