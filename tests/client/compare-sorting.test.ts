import type { ComparedCandidate } from "@whetstone/shared/comparison/compare";
import { describe, expect, test } from "vitest";
import { sorted } from "../../client/src/compare/sorting.ts";

const candidate = (name: string, overall: number | null, rated = 4): ComparedCandidate => ({
  roomId: `r_${name}`,
  name,
  title: "A room",
  at: 0,
  overall,
  raters: [
    {
      ...{ seatId: "s_1", name: "Ines", recommendation: "yes", confidence: null, overall },
      ...(rated < 4 && { incomplete: { rated, of: 4 } }),
    },
  ],
  decision: null,
  competencies: [],
});

describe("candidates by their score", () => {
  const all = [candidate("Part", 4, 2), candidate("Low", 2), candidate("None", null, 0), candidate("High", 3)];
  const names = (descending: boolean) => sorted(all, { by: "overall", descending }).map(({ name }) => name);

  test("whoever's scorecards are incomplete is never above those whose score is whole", () => {
    expect(names(true)).toEqual(["High", "Low", "Part", "None"]);
    expect(names(false)).toEqual(["Low", "High", "Part", "None"]);
  });

  test("what is incomplete is sorted by name and date as everything else", () => {
    const byName = sorted(all, { by: "name", descending: false }).map(({ name }) => name);
    expect(byName).toEqual(["High", "Low", "None", "Part"]);
  });
});
