import type { ComparedGroup } from "@whetstone/shared/comparison/compare";

/** How a competency stands on a candidate's scale. */
export interface CompetencyMark {
  readonly name: string;
  readonly letter: string;
  /** Null where none is followed from candidate to candidate. */
  readonly isFollowed: boolean | null;
}

export const competencyMarks = (
  competencies: ComparedGroup["competencies"],
  followed: string | null,
): readonly CompetencyMark[] =>
  competencies.map(({ name }, index) => ({
    name,
    letter: letterOf(index),
    isFollowed: followed === null ? null : name === followed,
  }));

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A to Z, then A1, B1 and so on. */
function letterOf(index: number): string {
  const round = Math.floor(index / LETTERS.length);
  return `${LETTERS[index % LETTERS.length]}${round === 0 ? "" : round}`;
}
