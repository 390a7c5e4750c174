import type { ComparedCandidate, ComparedGroup } from "@whetstone/shared/comparison/compare";

/** What a group is called: by its kit, else by its role. */
export const groupName = ({ kit, forRole }: ComparedGroup): string => kit?.title ?? forRole ?? "No kit and no role";

export const candidateName = ({ name, title }: Pick<ComparedCandidate, "name" | "title">): string => name ?? title;

/** A statistic with two decimals and a true minus sign: `−0.12`. */
export const figureText = (value: number): string => withMinus(value.toFixed(2));

/** A difference in levels: `+0.4`, `−0.4`, `0.0`. */
export function differenceText(levels: number): string {
  const text = withMinus(levels.toFixed(1));
  return text === "−0.0" ? "0.0" : levels > 0 && text !== "0.0" ? `+${text}` : text;
}

export const percentText = (share: number): string => `${Math.round(100 * share)}%`;

const withMinus = (text: string): string => text.replace("-", "−");

/**
 * What a value of Krippendorff's alpha is good for. The bounds are his: K. Krippendorff (2004), Content Analysis, 2nd edition,
 * chapter 11: rely on .800 and above, draw tentative conclusions from .667.
 */
export function alphaMeaning(alpha: number): string {
  if (alpha >= 0.8) return "That is enough to rely on.";
  if (alpha >= 0.667) return "That is enough for tentative conclusions.";
  return "That is too little to rely on: talk about what the anchors mean.";
}

/**
 * What a value of an intraclass correlation is called. T. Koo, M. Li (2016), A guideline of selecting and reporting
 * intraclass correlation coefficients for reliability research, Journal of Chiropractic Medicine 15.
 */
export function iccMeaning(icc: number): string {
  if (icc >= 0.9) return "excellent";
  if (icc >= 0.75) return "good";
  return icc >= 0.5 ? "moderate" : "poor";
}
