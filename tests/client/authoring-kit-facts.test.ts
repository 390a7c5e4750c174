import { KitDraft } from "@whetstone/shared/authored";
import { describe, expect, it } from "vitest";
import {
  competenciesWithoutQuestion,
  levelsOf,
  minutesOfKit,
  minuteWarnings,
  type Probing,
  probesInWords,
  significantStems,
  topicsOf,
  unprobedCompetencies,
  untouchedTopics,
  weightInWords,
  withPhaseMinutes,
} from "../../client/src/authoring/kit/kit-facts.ts";
import { realBank } from "../support/browser.ts";

const kit = (change: Partial<KitDraft>): KitDraft => ({ ...KitDraft.parse({ minutes: 45 }), ...change });

const probing = (change: Partial<Probing>): Probing => ({
  title: "A small network by hand",
  topic: "basics",
  topicName: "Neural network basics",
  level: "foundation",
  tags: [],
  criteria: [],
  ...change,
});

const PHASES: KitDraft["phases"] = [
  { kind: "introduction", minutes: 5 },
  { kind: "questions", minutes: 32 },
  { kind: "candidate_questions", minutes: 5 },
  { kind: "wrap_up", minutes: 3 },
];
const questions = (...minutes: number[]) =>
  minutes.map((each, index) => ({ question: `q-${index}`, minutes: each, probes: [] }));

describe("the minutes of a kit", () => {
  it("measure the questions against their phase, and the phases against the interview", () => {
    expect(minutesOfKit(kit({ phases: PHASES, questions: questions(7, 8) }))).toEqual({
      planned: 15,
      forQuestions: 32,
      phases: 45,
      slot: 45,
    });
  });

  it("measure the questions against the whole interview where there is no phase for them", () => {
    expect(minutesOfKit(kit({ questions: questions(7) })).forQuestions).toBe(45);
  });

  it.each<[string, Partial<KitDraft>, string[]]>([
    ["nothing where they fit exactly", { phases: PHASES, questions: questions(16, 16) }, []],
    [
      "that the questions exceed their phase",
      { phases: PHASES, questions: questions(20, 14) },
      ["The questions take 34 minutes, 2 more than there are for them."],
    ],
    [
      "that the phases exceed the interview",
      { phases: PHASES, minutes: 40 },
      ["The phases add up to 45 minutes, 5 more than the interview's 40."],
    ],
    [
      "that the phases fall short of the interview",
      { phases: PHASES, minutes: 60 },
      ["The phases add up to 45 minutes, 15 fewer than the interview's 60."],
    ],
    ["nothing of phases that are not set yet", { phases: [], questions: questions(7) }, []],
  ])("warn of %s", (_name, change, warnings) => {
    expect(minuteWarnings(kit(change))).toEqual(warnings);
  });

  it("of a phase are set in place, and a missing phase comes where it usually stands", () => {
    expect(withPhaseMinutes(PHASES, "questions", 30).map(({ minutes }) => minutes)).toEqual([5, 30, 5, 3]);
    const without = PHASES.filter(({ kind }) => kind !== "candidate_questions");
    expect(withPhaseMinutes(without, "candidate_questions", 4).map(({ kind }) => kind)).toEqual(
      PHASES.map(({ kind }) => kind),
    );
  });
});

describe("competencies that no question seems to probe", () => {
  const without = (competency: string, ...probed: Partial<Probing>[]): boolean =>
    competenciesWithoutQuestion([competency], probed.map(probing)).length > 0;

  it.each<[string, string, Partial<Probing>]>([
    ["a title", "Diagnoses vanishing gradients", { title: "Gradients that vanish" }],
    ["a tag", "Knows when to stop training early", { tags: ["early-stopping"] }],
    ["a topic's name", "Chooses what to optimise", { topicName: "Training and optimisation" }],
    ["a criterion's name", "Finds faults in model code", { criteria: [{ name: "Faults and their effects" }] }],
    ["another spelling", "Regularization in practice", { title: "Why regularisation helps" }],
    ["the plural", "Transformer models", { title: "Transformers at length" }],
    ["accents", "Naive Bayes", { title: "Naïve Bayes" }],
  ])("are not those that share a word with %s", (_name, competency, question) => {
    expect(without(competency, {}, question)).toBe(false);
  });

  it("are those that share no word, or only words that say nothing here", () => {
    expect(without("Weighs fairness against accuracy", { title: "Attention as a look-up" })).toBe(true);
    expect(without("Explains how deep networks count", { title: "How deep networks learn" })).toBe(true);
  });

  it("are told in their order, and one without a significant word is never among them", () => {
    const competencies = ["Fairness", "Understands deep learning", "Attention", "Deployment"];
    expect(competenciesWithoutQuestion(competencies, [probing({ title: "Attention" })])).toEqual([
      "Fairness",
      "Deployment",
    ]);
  });

  it("short words match only themselves", () => {
    expect(significantStems("GPU and GAN")).toEqual(["gpu", "gan"]);
    expect(without("Trains a GAN", { title: "Gang of four" })).toBe(true);
  });
});

describe("competencies that no question probes", () => {
  const competencies = ["Attention", "Fairness", " "];
  const bank = [probing({ title: "Attention" })];
  const planned = (...probes: number[]) => ({ question: "q", minutes: 5, probes });

  it("are told by words while no question states what it probes", () => {
    const draft = kit({ competencies, questions: [planned(), planned()] });
    expect(unprobedCompetencies(draft, bank)).toEqual({ by: "words", competencies: ["Fairness"] });
  });

  it("are told by what the questions state as soon as one states anything, whatever the words say", () => {
    const draft = kit({ competencies, questions: [planned(), planned(2)] });
    expect(unprobedCompetencies(draft, bank)).toEqual({ by: "probes", competencies: ["Attention"] });
    const all = kit({ competencies, questions: [planned(1), planned(2)] });
    expect(unprobedCompetencies(all, [])).toEqual({ by: "probes", competencies: [] });
  });
});

it.each([
  [0.5, "counts half"],
  [1, "counts like the others"],
  [1.5, "counts 1.5 times"],
  [2, "counts twice"],
])("a weight of %d %s", (weight, words) => {
  expect(weightInWords(weight)).toBe(words);
});

it("what a question probes is told by numbers", () => {
  expect(probesInWords([2])).toBe("probes competency 2");
  expect(probesInWords([1, 4])).toBe("probes competencies 1 and 4");
  expect(probesInWords([1, 2, 5])).toBe("probes competencies 1, 2 and 5");
});

describe("topics and levels of a kit", () => {
  const ofTopics = [
    probing({ topic: "b", topicName: "Bees", level: "research" }),
    probing({ topic: "a", topicName: "Ants", level: "working" }),
    probing({ topic: "b", topicName: "Bees", level: "working" }),
  ];

  it("are counted, topics as they come and levels from the lowest", () => {
    expect(topicsOf(ofTopics)).toEqual([
      { id: "b", name: "Bees", count: 2 },
      { id: "a", name: "Ants", count: 1 },
    ]);
    expect(levelsOf(ofTopics)).toEqual([
      { level: "working", count: 2 },
      { level: "research", count: 1 },
    ]);
  });

  it("leave the topics that are not touched", () => {
    const all = ["a", "b", "c"].map((id) => ({ id, name: id }));
    expect(untouchedTopics(all, ofTopics)).toEqual([{ id: "c", name: "c" }]);
  });
});

it("the kits of the bank have minutes that fit, so that a copy of one begins without a warning", async () => {
  const { kits } = await realBank();
  expect(kits.size).toBeGreaterThan(0);
  for (const { id: _, ...draft } of kits.values()) expect(minuteWarnings(draft)).toEqual([]);
});
