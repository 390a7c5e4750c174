import { Question } from "@whetstone/shared/bank";
import type { BankEntry } from "@whetstone/shared/wire";
import { describe, expect, it } from "vitest";
import { type BankFilter, NO_FILTER, searchBank } from "../../client/src/room/panel/search.ts";
import { testBank } from "../support/domain.ts";

const [pattern] = testBank().questions;

function entry(id: string, change: Partial<BankEntry>): BankEntry {
  const question = Question.parse({
    ...pattern,
    id,
    aliases: [],
    tags: [],
    title: id,
    prompt: "…",
    ...withoutNames(change),
  });
  return { ...question, pack: "a-pack", topicName: change.topicName ?? "A topic" };
}

function withoutNames({ topicName: _topicName, pack: _pack, ...change }: Partial<BankEntry>): Partial<Question> {
  return change;
}

const vanishing = entry("vanishing-gradients", {
  title: "Gradients that vanish",
  topic: "training",
  topicName: "Training and optimisation",
  level: "working",
  minutes: 7,
  tags: ["backpropagation"],
  aliases: ["why do the first layers of a deep network not learn"],
  prompt: "Thirty layers with sigmoid activations barely learn. Attention to the first ones, please.",
});
const attention = entry("attention", {
  title: "Attention as a look-up",
  topic: "transformers",
  topicName: "Transformers and attention",
  level: "foundation",
  minutes: 5,
  strongAnswer: ["Softmax of the scores", "two", "three", "four"],
});
const naive = entry("naive", {
  title: "Naïve Bayes",
  topic: "training",
  topicName: "Training and optimisation",
  level: "advanced",
  minutes: 9,
  followUps: [
    { ask: "What about correlated features?", probes: "a secret probe" },
    { ask: "And zeros?", probes: "smoothing" },
  ],
});
const ENTRIES = [vanishing, attention, naive];

const find = (filter: Partial<BankFilter>, asked: string[] = []): string[] =>
  searchBank(ENTRIES, { ...NO_FILTER, ...filter }, new Set(asked)).map(({ id }) => id);

describe("searching the bank", () => {
  it("gives everything in the bank's order where nothing is asked for", () => {
    expect(find({})).toEqual(["vanishing-gradients", "attention", "naive"]);
    expect(find({ text: "   " })).toEqual(["vanishing-gradients", "attention", "naive"]);
  });

  it("puts a hit in a name before one in a text", () => {
    expect(find({ text: "attention" })).toEqual(["attention", "vanishing-gradients"]);
  });

  it.each<[string, string, string[]]>([
    ["the title", "vanish", ["vanishing-gradients"]],
    ["an alias", "not learn", ["vanishing-gradients"]],
    ["a tag", "backprop", ["vanishing-gradients"]],
    ["the topic's name", "optimisation", ["vanishing-gradients", "naive"]],
    ["the prompt", "sigmoid", ["vanishing-gradients"]],
    ["the strong answer", "softmax", ["attention"]],
    ["a follow-up", "correlated", ["naive"]],
  ])("finds by %s", (_where, text, found) => {
    expect(find({ text })).toEqual(found);
  });

  it("wants every word, in any order", () => {
    expect(find({ text: "vanish gradients" })).toEqual(["vanishing-gradients"]);
    expect(find({ text: "gradients softmax" })).toEqual([]);
  });

  it("finds the beginnings of words only", () => {
    expect(find({ text: "grad" })).toEqual(["vanishing-gradients"]);
    expect(find({ text: "radients" })).toEqual([]);
  });

  it("does not care for capitals and hyphens", () => {
    expect(find({ text: "LOOK up" })).toEqual(["attention"]);
    expect(find({ text: "look-up" })).toEqual(["attention"]);
  });

  it.each(["naïve", "NAIVE", "naive bayes"])("does not care for accents: %s", (text) => {
    expect(find({ text })).toEqual(["naive"]);
  });

  it("filters by topic, level, minutes and what was asked, all at once", () => {
    expect(find({ topic: "training" })).toEqual(["vanishing-gradients", "naive"]);
    expect(find({ level: "foundation" })).toEqual(["attention"]);
    expect(find({ maxMinutes: 7 })).toEqual(["vanishing-gradients", "attention"]);
    expect(find({ notAskedYet: true }, ["attention"])).toEqual(["vanishing-gradients", "naive"]);
    expect(find({ notAskedYet: false }, ["attention"])).toHaveLength(3);
    expect(find({ topic: "training", maxMinutes: 7, text: "layers" })).toEqual(["vanishing-gradients"]);
  });
});
