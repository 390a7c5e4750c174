import type { KitDraft } from "@whetstone/shared/authored";
import type { PhaseBudget, QuestionLevel } from "@whetstone/shared/bank";
import { QuestionLevel as Levels } from "@whetstone/shared/bank";
import type { BankEntry } from "@whetstone/shared/bank-wire";

/** What a kit adds up to, told while it is put together. Minutes throughout. */

const sum = (items: readonly { readonly minutes: number }[]): number =>
  items.reduce((total, { minutes }) => total + minutes, 0);

export interface KitMinutes {
  /** What the questions take together. */
  readonly planned: number;
  /** What the phase for questions gives them; the whole slot where the kit has no such phase. */
  readonly forQuestions: number;
  readonly phases: number;
  readonly slot: number;
}

export function minutesOfKit({ questions, phases, minutes }: KitDraft): KitMinutes {
  const phase = phases.find(({ kind }) => kind === "questions");
  return { planned: sum(questions), forQuestions: phase?.minutes ?? minutes, phases: sum(phases), slot: minutes };
}

/** Where the minutes do not fit, one sentence each. Empty phases are not wrong yet. */
export function minuteWarnings(draft: KitDraft): string[] {
  const { planned, forQuestions, phases, slot } = minutesOfKit(draft);
  const warnings: string[] = [];
  if (planned > forQuestions) {
    warnings.push(`The questions take ${planned} minutes, ${planned - forQuestions} more than there are for them.`);
  }
  if (draft.phases.length > 0 && phases !== slot) {
    const difference = Math.abs(phases - slot);
    const side = phases > slot ? "more" : "fewer";
    warnings.push(`The phases add up to ${phases} minutes, ${difference} ${side} than the interview's ${slot}.`);
  }
  return warnings;
}

/** The phases with `minutes` for one of them; a phase that the kit lacks is added in its usual place. */
export function withPhaseMinutes(phases: readonly PhaseBudget[], kind: PhaseBudget["kind"], minutes: number) {
  const order: readonly PhaseBudget["kind"][] = ["introduction", "questions", "candidate_questions", "wrap_up"];
  const others = phases.filter((phase) => phase.kind !== kind);
  return [...others, { kind, minutes }].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** What the hints about a kit look at. */
export type Probing = Pick<BankEntry, "title" | "topic" | "topicName" | "level" | "tags"> & {
  readonly criteria: readonly { readonly name: string }[];
};

/** Words that say nothing in a bank about machine learning, beside those that say nothing anywhere. */
const INSIGNIFICANT = new Set(
  `a about above after all an and any are as at be because before behind between both but by can cannot choose chooses
  does down each even every explain explains find finds for from good has have how in into is it its know knows less like
  makes more most must needs no nor not of off on one only or other our out over own read reads say says see sees show
  shows so some such take takes tell tells than that the their them then there these they thing things this those through
  to two under understand understands understanding up use uses using very via was weigh weighs well what when where whether which
  while who why will with without would basics fundamentals knowledge skills
  deep learn learning machine model models network networks neural ai ml`.split(/\s+/),
);

/** Spellings of one word meet in one stem. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/is(e|es|ed|er|ers|ing|ation|ations)$/, "iz$1"],
  [/(ies)$/, "y"],
  [/(ss)$/, "ss"],
  [/([^s])s$/, "$1"],
];

function stemOf(word: string): string {
  const spelt = SPELLINGS.find(([ending]) => ending.test(word));
  return (spelt ? word.replace(spelt[0], spelt[1]) : word).slice(0, 7);
}

/** The words of a text that could tell what it is about, cut down to their stems. */
export function significantStems(text: string): string[] {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? []).filter((word) => word.length > 2 && !INSIGNIFICANT.has(word)).map(stemOf);
}

/** Whether one stem begins with the other, which must be long enough to mean something. */
const isAkin = (one: string, other: string): boolean =>
  one === other || (Math.min(one.length, other.length) >= 4 && (one.startsWith(other) || other.startsWith(one)));

/**
 * The competencies that no question seems to probe: none shares a significant word with them in its title, tags, topic or criteria's
 * names. A hint, no verdict: a question may well probe what it does not name. Competencies without a significant word are left out.
 */
export function competenciesWithoutQuestion(competencies: readonly string[], questions: readonly Probing[]): string[] {
  const probed = questions.flatMap(({ title, tags, topicName, criteria }) =>
    significantStems([title, ...tags, topicName, ...criteria.map(({ name }) => name)].join(" ")),
  );
  return competencies.filter((competency) => {
    const stems = significantStems(competency);
    return stems.length > 0 && !stems.some((stem) => probed.some((other) => isAkin(stem, other)));
  });
}

export interface Unprobed {
  /** What it goes by: what the kit's questions state, or words where none of them states anything. */
  readonly by: "probes" | "words";
  readonly competencies: readonly string[];
}

/** The competencies that no question probes. A competency that is not written yet is left out. */
export function unprobedCompetencies(draft: KitDraft, questions: readonly Probing[]): Unprobed {
  const probed = new Set(draft.questions.flatMap(({ probes }) => probes));
  const isWritten = (competency: string) => competency.trim() !== "";
  if (probed.size === 0) {
    return { by: "words", competencies: competenciesWithoutQuestion(draft.competencies.filter(isWritten), questions) };
  }
  const without = draft.competencies.filter((_, index) => !probed.has(index + 1));
  return { by: "probes", competencies: without.filter(isWritten) };
}

/** What a question probes, by the numbers of its kit's competencies, of which there is at least one. */
export function probesInWords(probes: readonly number[]): string {
  const noun = probes.length === 1 ? "competency" : "competencies";
  return `probes ${noun} ${new Intl.ListFormat("en-GB").format(probes.map(String))}`;
}

/** How much a competency counts in the overall score, beside others that count 1. */
export function weightInWords(weight: number): string {
  if (weight === 1) return "counts like the others";
  if (weight === 0.5) return "counts half";
  return weight === 2 ? "counts twice" : `counts ${weight} times`;
}

export interface Topic {
  readonly id: string;
  readonly name: string;
}

/** The topics that a kit asks about, in the order in which it comes to them, with the number of questions. */
export function topicsOf(questions: readonly Probing[]): (Topic & { readonly count: number })[] {
  const names = new Map(questions.map(({ topic, topicName }) => [topic, topicName]));
  return [...names].map(([id, name]) => ({ id, name, count: questions.filter(({ topic }) => topic === id).length }));
}

/** Of all topics, those that the kit does not touch. */
export function untouchedTopics(all: readonly Topic[], questions: readonly Probing[]): Topic[] {
  const touched = new Set(questions.map(({ topic }) => topic));
  return all.filter(({ id }) => !touched.has(id));
}

/** How many questions there are of each level, lowest first, without levels that there are none of. */
export function levelsOf(questions: readonly Probing[]): { readonly level: QuestionLevel; readonly count: number }[] {
  return Levels.options
    .map((level) => ({ level, count: questions.filter((question) => question.level === level).length }))
    .filter(({ count }) => count > 0);
}
