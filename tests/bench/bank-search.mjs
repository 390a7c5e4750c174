import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { alternate, comparePairs, quantile } from "./stats.mjs";

const QUESTIONS = 10_000;
const PAIRS = 16;
const LIMIT_MS = 50;

/** @type {readonly (Partial<import("@whetstone/shared/bank-wire").SearchRequest>)[]} */
const SEARCHES = [
  { text: "a" },
  { text: "s" },
  { text: "de" },
  { text: "gr" },
  { text: "con" },
  { text: "trans" },
  { text: "the" },
  { text: "model" },
  { text: "gradient" },
  { text: "attention" },
  { text: "backprop" },
  { text: "wasserstein" },
  { text: "quantisation" },
  { text: "capsule" },
  { text: "regularization" },
  { text: "back-propagation" },
  { text: "few-shot learning" },
  { text: "vanishing gradients" },
  { text: "batch norm" },
  { text: "learning rate" },
  { text: "the a of" },
  { text: "why does relu not learn" },
  { text: "overfiting" },
  { text: "trasnformer" },
  { text: "convlutional netwrk" },
  { text: "zzzzqqqq" },
  { text: "loss", levels: ["working", "advanced"] },
  { text: "data", topics: ["computer-vision"], minutes: [5, 6] },
  { levels: ["foundation"] },
  { sections: ["A", "B3"], minutes: [6, 7, 8] },
  { asked: { keep: "not_asked" } },
  {},
];

/**
 * A search of the bank with its ranking and its counts, against a plain scan of the same texts for the same words,
 * which gives neither. Both run in this process; a slice is every search of the list once.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function bankSearch({ progress }) {
  progress(`bank search: making and indexing ${QUESTIONS} questions`);
  const questions = makeQuestions(await realBank());
  const sides = { ours: await ourSearch(questions), baseline: scan(questions) };

  const runSlice = async (side, pair) => {
    progress(`bank search: pair ${pair + 1} of ${PAIRS}`);
    // What the runner and the other side left over is not to be counted here.
    await setImmediate();
    return sides[side].map(timed);
  };
  await alternate(2, runSlice);
  const slices = await alternate(PAIRS, runSlice);

  const of = (figure) => comparePairs({ ours: slices.ours.map(figure), baseline: slices.baseline.map(figure) });
  const mean = of((times) => times.reduce((sum, ms) => sum + ms, 0) / times.length);
  const p95 = of((times) => quantile(times, 0.95));
  const slowest = slowestOf(slices.ours);
  return {
    rows: [
      { name: "bank search on 10,000 questions", unit: "ms", ...mean, goal: null, holds: null },
      { name: "bank search p95", unit: "ms", ...p95, goal: `< ${LIMIT_MS} ms`, holds: p95.ours < LIMIT_MS },
    ],
    notes: [
      `Bank search: mean and 95th percentile over ${SEARCHES.length} searches, ${PAIRS} pairs; bare is a scan of the lower-cased texts, without ranking or counts.`,
      `The slowest search took ${slowest.ms.toFixed(1)} ms (median): ${JSON.stringify(slowest.search)}.`,
    ],
  };
}

/** @param {() => unknown} run */
function timed(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function slowestOf(slices) {
  const medians = SEARCHES.map((search, place) => ({
    search,
    ms: quantile(
      slices.map((times) => times[place]),
      0.5,
    ),
  }));
  return medians.reduce((a, b) => (b.ms > a.ms ? b : a));
}

/** Each search of the list as our index does it. */
async function ourSearch(questions) {
  const { openSearch } = await import("../../server/dist/bank/search.js");
  const { SearchRequest } = await import("@whetstone/shared/bank-wire");
  const search = openSearch();
  search.putAll(questions);
  const sections = new Map(questions.flatMap((question) => question.sections.map((section) => [section, section])));
  const asked = questions.slice(0, 500).map(({ entry }) => entry.id);
  return SEARCHES.map((one) => {
    const request = SearchRequest.parse({ ...one, ...(one.asked && { asked: { ids: asked, ...one.asked } }) });
    return () => search.search(request, { sections });
  });
}

/** Each search of the list as a scan: the texts that hold every word. */
function scan(questions) {
  const texts = questions.map(({ entry }) => textsOf(entry).join("\n").toLowerCase());
  return SEARCHES.map(({ text = "" }) => {
    const words = text.toLowerCase().split(/\s+/);
    return () => texts.filter((whole) => words.every((word) => whole.includes(word))).length;
  });
}

/** Every text of a question, however deep. */
const textsOf = (value) => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
};

async function realBank() {
  const { loadBank } = await import("../../server/dist/bank/load.js");
  const loaded = await loadBank(fileURLToPath(new URL("../../questions", import.meta.url)));
  if ("problems" in loaded) throw new Error("The bank is faulty: npm run bank:check");
  return loaded.bank;
}

/** Questions of the real ones' shapes and sentences, shuffled, so that they have a real vocabulary and real lengths. */
function makeQuestions({ packs, questions }) {
  const real = [...questions.values()];
  const random = seeded(20_260_105);
  const pick = (values) => values[Math.floor(random() * values.length)];
  const sentences = Object.fromEntries(
    SHUFFLED.map((field) => [field, real.flatMap((question) => textsOf(question[field])).flatMap(sentencesOf)]),
  );
  const shuffled = (field, text) => sentencesOf(text).map(() => pick(sentences[field]));
  return Array.from({ length: QUESTIONS }, (_, place) => {
    const question = pick(real);
    const texts = SHUFFLED.map((field) => [
      field,
      eachText(question[field], (text) => shuffled(field, text).join(" ")),
    ]);
    const pack = packs.get(question.pack);
    const entry = {
      ...question,
      ...Object.fromEntries(texts),
      id: `question-${place}`,
      packTitle: pack.title,
      topicName: pack.topics.find(({ id }) => id === question.topic).name,
      own: false,
      archived: false,
      communication: pack.communication,
    };
    return { entry, sections: question.covers.flatMap((item) => [item[0], item.split(".")[0]]) };
  });
}

/** The value with another text in the place of each, however deep. */
function eachText(value, change) {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => eachText(item, change));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, eachText(item, change)]));
}

const SHUFFLED = [
  "title",
  "tags",
  "aliases",
  "prompt",
  "hints",
  "followUps",
  "strongAnswer",
  "redFlags",
  "criteria",
  "references",
];

const sentencesOf = (text) => text.split(/(?<=[.?!])\s+/);

/**
 * Numbers from 0 to 1, the same in each run (a linear congruential generator with the constants of Numerical Recipes).
 */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
