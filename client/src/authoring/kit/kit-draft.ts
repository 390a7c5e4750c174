import { KitDraft, kitOfDraft } from "@whetstone/shared/authored";
import { type Kit, phasePreset } from "@whetstone/shared/bank";
import { isSame } from "../draft/kept-draft.ts";
import type { Publication } from "../draft/publication.ts";

const USUAL_MINUTES = 45;

/** A kit before the first keystroke, with the usual phases. */
export const blankKit = (): KitDraft =>
  KitDraft.parse({ minutes: USUAL_MINUTES, phases: phasePreset(USUAL_MINUTES), competencies: [""] });

/** A competency as a row of its list. `number` is the one that it had before the list was changed, null for a new one. */
export interface CompetencyRow {
  readonly name: string;
  readonly weight: number;
  readonly reason: string;
  readonly number: number | null;
}

export const NEW_COMPETENCY: CompetencyRow = { name: "", weight: 1, reason: "", number: null };

export const competencyRows = ({ competencies, weights }: KitDraft): CompetencyRow[] =>
  competencies.map((name, index) => {
    const number = index + 1;
    const own = weights.find(({ competency }) => competency === number);
    return { name, weight: own?.weight ?? 1, reason: own?.reason ?? "", number };
  });

/**
 * The draft with the competencies of these rows. Weights and probes follow a competency that moved; those of one that was taken out
 * go, as do those that named none.
 */
export function withCompetencyRows(draft: KitDraft, rows: readonly CompetencyRow[]): KitDraft {
  const numbers = new Map(rows.map(({ number }, index) => [number, index + 1]));
  return {
    ...draft,
    competencies: rows.map(({ name }) => name),
    weights: rows.flatMap(({ weight, reason }, index) =>
      weight === 1 && reason.trim() === "" ? [] : [{ competency: index + 1, weight, reason }],
    ),
    questions: draft.questions.map((planned) => ({
      ...planned,
      probes: inOrder(planned.probes.flatMap((number) => numbers.get(number) ?? [])),
    })),
  };
}

/** The numbers with this one put in or, where it is there, taken out. */
export const toggled = (numbers: readonly number[], number: number): number[] =>
  inOrder(numbers.includes(number) ? numbers.filter((other) => other !== number) : [...numbers, number]);

const inOrder = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

/** The weights that no row shows, by their places: of a competency that there is not, or weighed twice. */
export const strayWeights = ({ competencies, weights }: KitDraft): number[] =>
  weights.flatMap(({ competency }, index) =>
    competency > competencies.length || weights.findIndex((other) => other.competency === competency) < index
      ? [index]
      : [],
  );

export function kitPublication(id: string, draft: KitDraft, published: Kit | null): Publication {
  if (published === null) return "draft";
  const made = kitOfDraft(id, draft);
  return "kit" in made && isSame(made.kit, published) ? "published" : "changed";
}
