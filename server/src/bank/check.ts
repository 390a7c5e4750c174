import { basename } from "node:path";
import type { BankQuestion, Criterion, Kit, Pack } from "@whetstone/shared/bank";
import { type BankFiles, itemsOf, readBankFiles } from "./load.ts";
import type { BankFile, BankProblem } from "./yaml.ts";

/** How much a bank holds. Criteria and anchors are the questions' own, and each pack's communication criterion once. */
export interface BankFigures {
  readonly packs: number;
  readonly questions: number;
  readonly items: number;
  readonly itemsCovered: number;
  readonly kits: number;
  readonly criteria: number;
  readonly anchors: number;
}

export interface BankReport {
  readonly problems: readonly BankProblem[];
  /** Null where the bank does not load: then only what keeps it from loading is known. */
  readonly figures: BankFigures | null;
}

export const describeFigures = (figures: BankFigures): string =>
  `${figures.questions} questions cover ${figures.itemsCovered} of ${figures.items} items; ${figures.kits} kits; ` +
  `${figures.criteria} criteria, ${figures.anchors} anchors.`;

/**
 * Checks the bank below `directory` beyond what stops a start: nothing that it is to cover is missing, and no two
 * places that have to differ say the same. `month` is the present one as `YYYY-MM`.
 */
export async function checkBank(directory: string, month: string): Promise<BankReport> {
  const { files, problems } = await readBankFiles(directory);
  if (problems.length > 0) return { problems, figures: null };
  const questions = [...files.questions.values()];
  const empty = { file: basename(directory), line: 1, field: "", message: "holds no pack" };
  const found = [
    ...(files.packs.size === 0 ? [empty] : []),
    ...uncoveredItems(files),
    ...repeated(questions.map(({ value, at }) => ({ text: value.title, at, path: ["title"] }))),
    ...repeated(questions.map(({ value, at }) => ({ text: value.prompt, at, path: ["prompt"] }))),
    ...repeated(criteriaOf(files).flatMap(({ anchors, at, path }) => textsOf(anchors, at, [...path, "anchors"]))),
    ...questions.flatMap((question) => problemsOfQuestion(question, files, month)),
    ...[...files.kits.values()].flatMap((kit) => [...questionsTwiceIn(kit), ...unprobedIn(kit)]),
  ];
  return { problems: found.sort(byPlace), figures: figuresOf(files) };
}

/** A text of the bank and where it stands. */
interface Place {
  readonly text: string;
  readonly at: BankFile<unknown>["at"];
  readonly path: readonly PropertyKey[];
}

const textsOf = (texts: readonly string[], at: Place["at"], path: Place["path"]): Place[] =>
  texts.map((text, index) => ({ text, at, path: [...path, index] }));

/** Two texts are the same whatever their case, spaces and punctuation. */
const folded = (text: string) => text.toLowerCase().replace(/[\s\p{P}]/gu, "");
/** Identifiers are the same only if they are equal. */
const exactly = (identifier: string) => identifier;

/** Each place that says the same as an earlier one. */
function repeated(places: readonly Place[], key: (text: string) => string = folded): BankProblem[] {
  const firsts = new Map<string, Place>();
  return places.flatMap((place) => {
    const first = firsts.get(key(place.text));
    if (!first) firsts.set(key(place.text), place);
    return first ? [place.at(place.path, `repeats ${nameOf(first)}`)] : [];
  });
}

function nameOf({ at, path }: Place): string {
  const { file, line, field } = at(path, "");
  return `${file}:${line}: ${field}`;
}

/** Every item of the source lists with whether a question of the same pack covers it. */
function listedItems({ sources, questions }: BankFiles) {
  return [...sources].flatMap(([pack, { value, at }]) => {
    const ofPack = [...questions.values()].filter((question) => question.value.pack === pack);
    const covered = new Set(ofPack.flatMap((question) => question.value.covers));
    return itemsOf(value).map(({ id, path }) => ({ id, path, at, covered: covered.has(id) }));
  });
}

const uncoveredItems = (files: BankFiles): BankProblem[] =>
  listedItems(files)
    .filter(({ covered }) => !covered)
    .map(({ id, path, at }) => at(path, `no question covers ${id}`));

interface PlacedCriterion extends Criterion, Pick<Place, "at" | "path"> {}

const communicationOf = ({ value, at }: BankFile<Pack>): PlacedCriterion => ({
  ...value.communication,
  at,
  path: ["communication"],
});

const ownCriteriaOf = ({ value, at }: BankFile<BankQuestion>): PlacedCriterion[] =>
  value.criteria.map((criterion, index) => ({ ...criterion, at, path: ["criteria", index] }));

/** Every criterion of the bank, the one that all questions of a pack share only once. */
const criteriaOf = ({ packs, questions }: BankFiles): PlacedCriterion[] => [
  ...[...packs.values()].map(communicationOf),
  ...[...questions.values()].flatMap(ownCriteriaOf),
];

function problemsOfQuestion(question: BankFile<BankQuestion>, { packs }: BankFiles, month: string): BankProblem[] {
  const { value, at } = question;
  const pack = packs.get(value.pack);
  const scoredOn = [...(pack ? [communicationOf(pack)] : []), ...ownCriteriaOf(question)];
  return [
    ...repeated(
      scoredOn.map(({ id, at, path }) => ({ text: id, at, path: [...path, "id"] })),
      exactly,
    ),
    ...repeated(scoredOn.map(({ name, at, path }) => ({ text: name, at, path: [...path, "name"] }))),
    ...repeated(textsOf(value.strongAnswer, at, ["strongAnswer"])),
    ...repeated(textsOf(value.references, at, ["references"])),
    ...(value.reviewed > month ? [at(["reviewed"], `${value.reviewed} is yet to come; this month is ${month}`)] : []),
  ];
}

const questionsTwiceIn = ({ value, at }: BankFile<Kit>): BankProblem[] =>
  repeated(
    value.questions.map(({ question }, index) => ({ text: question, at, path: ["questions", index, "question"] })),
    exactly,
  );

/** The competencies that no question of a kit probes; a kit may leave open what its questions probe. */
function unprobedIn({ value, at }: BankFile<Kit>): BankProblem[] {
  const probed = new Set(value.questions.flatMap(({ probes }) => probes));
  if (probed.size === 0) return [];
  return value.competencies.flatMap((_, index) =>
    probed.has(index + 1) ? [] : [at(["competencies", index], `no question probes competency ${index + 1}`)],
  );
}

const byPlace = (one: BankProblem, other: BankProblem) => one.file.localeCompare(other.file) || one.line - other.line;

function figuresOf(files: BankFiles): BankFigures {
  const items = listedItems(files);
  const criteria = criteriaOf(files);
  return {
    packs: files.packs.size,
    questions: files.questions.size,
    items: items.length,
    itemsCovered: items.filter(({ covered }) => covered).length,
    kits: files.kits.size,
    criteria: criteria.length,
    anchors: criteria.reduce((sum, { anchors }) => sum + anchors.length, 0),
  };
}
