/** What the bank's page shows, as its address says it: a text, and the choices of each filter. Nothing chosen stands for all. */
export interface BankAddress {
  readonly q?: string;
  readonly topic?: readonly string[];
  readonly level?: readonly string[];
  readonly minutes?: readonly string[];
  readonly tag?: readonly string[];
  readonly section?: readonly string[];
  readonly pack?: readonly string[];
  readonly asked?: Asked;
}

/** The filters whose choices are alternatives, in the order in which they stand on the page. */
export const FILTERS = ["topic", "level", "minutes", "section", "tag", "pack"] as const;
export type Filter = (typeof FILTERS)[number];

export const ASKED = ["asked", "not_asked"] as const;
export type Asked = (typeof ASKED)[number];

const MOST_LETTERS = 200;
/** Stands between choices: an address leaves it as it is, and no choice has it. */
const SEPARATOR = "_";

/**
 * Reads an address, by whomever it was written: texts and lists of them. Whether they name anything is for `understood` to say. This
 * is all that the router needs, so that it loads nothing of the bank for those who never look into it.
 */
export function readAddress(search: Record<string, unknown>): BankAddress {
  const lists = FILTERS.map((filter) => [filter, textsOf(search[filter])] as const);
  const asked = ASKED.find((choice) => choice === search.asked);
  return {
    ...(search.q !== undefined && search.q !== "" && { q: String(search.q).slice(0, MOST_LETTERS) }),
    ...Object.fromEntries(lists.filter(([, texts]) => texts.length > 0)),
    ...(asked && { asked }),
  };
}

/** A list as an address holds it. */
export const joinedList = (value: unknown): string => (Array.isArray(value) ? value.join(SEPARATOR) : String(value));

function textsOf(value: unknown): string[] {
  const texts = value === undefined ? [] : Array.isArray(value) ? value.map(String) : String(value).split(SEPARATOR);
  return [...new Set(texts.filter(Boolean))];
}

export const chosenOf = (address: BankAddress, filter: Filter): readonly string[] => address[filter] ?? [];

/** The address with a choice made, or taken back where it was made before. */
export function withToggled(address: BankAddress, filter: Filter, value: string): BankAddress {
  const chosen = chosenOf(address, filter);
  const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  return readAddress({ ...address, [filter]: next });
}

export const withText = (address: BankAddress, text: string): BankAddress => readAddress({ ...address, q: text });

/** The address with another choice of what was asked before; null for all questions. */
export const withAsked = (address: BankAddress, asked: Asked | null): BankAddress => readAddress({ ...address, asked });

/** Whether any filter is set; the text is none. */
export const isFiltered = (address: BankAddress): boolean =>
  address.asked !== undefined || FILTERS.some((filter) => chosenOf(address, filter).length > 0);
