import type { KitDraft } from "@whetstone/shared/authored";
import { Kit } from "@whetstone/shared/bank";
import { describe, expect, it } from "vitest";
import {
  blankKit,
  competencyRows,
  kitPublication,
  NEW_COMPETENCY,
  strayWeights,
  toggled,
  withCompetencyRows,
} from "../../client/src/authoring/kit/kit-draft.ts";
import { moved, withoutAt } from "../../client/src/ui/form/lists.ts";

const planned = (...probes: number[]) => ({ question: "q", minutes: 5, probes });

const DRAFT: KitDraft = {
  ...blankKit(),
  competencies: ["One", "Two", "Three"],
  weights: [{ competency: 2, weight: 2, reason: "Two matters most." }],
  questions: [planned(1, 2), planned(3), planned()],
};

describe("the competencies of a kit", () => {
  const numbersOf = ({ weights, questions }: KitDraft) => ({
    weighed: weights.map(({ competency }) => competency),
    probed: questions.map(({ probes }) => probes),
  });

  it("as rows and back are the same draft", () => {
    expect(withCompetencyRows(DRAFT, competencyRows(DRAFT))).toEqual(DRAFT);
  });

  it("take what probes and weighs them along when they are moved", () => {
    const changed = withCompetencyRows(DRAFT, moved(competencyRows(DRAFT), 0, 2));
    expect(changed.competencies).toEqual(["Two", "Three", "One"]);
    expect(numbersOf(changed)).toEqual({ weighed: [1], probed: [[1, 3], [2], []] });
  });

  it("that are taken out leave no number behind, and the others are renumbered", () => {
    const withoutFirst = withCompetencyRows(DRAFT, withoutAt(competencyRows(DRAFT), 0));
    expect(numbersOf(withoutFirst)).toEqual({ weighed: [1], probed: [[1], [2], []] });
    const withoutSecond = withCompetencyRows(DRAFT, withoutAt(competencyRows(DRAFT), 1));
    expect(numbersOf(withoutSecond)).toEqual({ weighed: [], probed: [[1], [2], []] });
  });

  it("that are new are probed by nothing, also where a number pointed beyond the list", () => {
    const stray = { ...DRAFT, questions: [planned(3, 4)] };
    const changed = withCompetencyRows(stray, [...competencyRows(stray), { ...NEW_COMPETENCY, name: "Four" }]);
    expect(changed.competencies).toEqual(["One", "Two", "Three", "Four"]);
    expect(numbersOf(changed).probed).toEqual([[3]]);
  });

  it("keep the reason of a weight that is set back, and no weight without one", () => {
    const weigh = (weight: number, reason: string) =>
      withCompetencyRows(
        DRAFT,
        competencyRows(DRAFT).map((row) => (row.number === 1 ? { ...row, weight, reason } : row)),
      ).weights[0];
    expect(weigh(3, "")).toEqual({ competency: 1, weight: 3, reason: "" });
    expect(weigh(1, "Once it mattered.")).toEqual({ competency: 1, weight: 1, reason: "Once it mattered." });
    expect(weigh(1, " ")).toEqual(DRAFT.weights[0]);
  });

  it("are probed and no longer probed by a press each, in their order", () => {
    expect(toggled([1, 3], 2)).toEqual([1, 2, 3]);
    expect(toggled([1, 2, 3], 2)).toEqual([1, 3]);
    expect(toggled([5, 5], 5)).toEqual([]);
  });

  it("have no place for a weight of none of them, or a second one of the same", () => {
    const weights = [1, 4, 1].map((competency) => ({ competency, weight: 2, reason: "Because." }));
    expect(strayWeights({ ...DRAFT, weights })).toEqual([1, 2]);
    expect(strayWeights(DRAFT)).toEqual([]);
  });
});

it("a kit is still as it was published when only a weight was set and set back", () => {
  const whole = { ...DRAFT, title: "A", role: "B", description: "C" };
  const published = Kit.parse({ id: "a-kit", ...whole, weights: [] });
  const reason = "Once it mattered.";
  expect(kitPublication("a-kit", { ...whole, weights: [] }, published)).toBe("published");
  expect(kitPublication("a-kit", { ...whole, weights: [{ competency: 1, weight: 1, reason }] }, published)).toBe(
    "published",
  );
  expect(kitPublication("a-kit", { ...whole, weights: [{ competency: 1, weight: 2, reason }] }, published)).toBe(
    "changed",
  );
});
