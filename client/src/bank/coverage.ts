import type { CoverageResponse } from "@whetstone/shared/bank-wire";

type PackCoverage = CoverageResponse[number];
type List = PackCoverage["sources"]["lists"][number];
type Section = List["sections"][number];

export interface CoveredItem {
  readonly id: string;
  readonly text: string;
  readonly questions: readonly { readonly id: string; readonly title: string }[];
}

export interface CoveredSection {
  readonly id: string;
  readonly title: string;
  readonly items: readonly CoveredItem[];
  readonly covered: number;
  readonly total: number;
}

export interface CoveredList {
  readonly id: string;
  readonly title: string;
  readonly sections: readonly CoveredSection[];
  readonly covered: number;
  readonly total: number;
}

/**
 * A pack's lists with the questions of each item. Figures count whole sections; with a filter only items whose text, identifier or
 * question's title holds it remain, and the sections and lists that have any.
 */
export function coveredLists({ sources, questions }: PackCoverage, filter = ""): CoveredList[] {
  const wanted = filter.trim().toLowerCase();
  return sources.lists
    .map((list) => {
      const sections = list.sections.map((section) => coveredSection(section, questions, wanted));
      return {
        id: list.id,
        title: list.title,
        sections: sections.filter(({ items }) => items.length > 0),
        covered: sum(sections.map(({ covered }) => covered)),
        total: sum(sections.map(({ total }) => total)),
      };
    })
    .filter(({ sections }) => sections.length > 0);
}

function coveredSection(section: Section, questions: PackCoverage["questions"], wanted: string): CoveredSection {
  const items = section.items.map(({ id, text }) => ({ id, text, questions: questions[id] ?? [] }));
  return {
    id: section.id,
    title: section.title,
    items: wanted === "" ? items : items.filter((item) => holds(item, wanted)),
    covered: items.filter((item) => item.questions.length > 0).length,
    total: items.length,
  };
}

const holds = ({ id, text, questions }: CoveredItem, wanted: string): boolean =>
  [id, text, ...questions.map(({ title }) => title)].some((words) => words.toLowerCase().includes(wanted));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** What each item of any pack says, by its identifier. */
export function itemTexts(coverage: CoverageResponse): ReadonlyMap<string, string> {
  const items = coverage.flatMap(({ sources }) =>
    sources.lists.flatMap(({ sections }) => sections.flatMap((section) => section.items)),
  );
  return new Map(items.map(({ id, text }) => [id, text]));
}
