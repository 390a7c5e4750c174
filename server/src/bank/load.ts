import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { competencyFaults } from "@whetstone/shared/authored";
import { type Bank, type BankQuestion, Kit, Pack, Question, Sources } from "@whetstone/shared/bank";
import type { z } from "zod";
import { type BankFile, type BankProblem, describeProblem, readYaml } from "./yaml.ts";

export { type BankProblem, describeProblem };

/**
 * Loads all packs below `directory`: either the whole bank, or every fault found in it; a faulty file is never left out
 * silently.
 */
export async function loadBank(directory: string): Promise<{ bank: Bank } | { problems: BankProblem[] }> {
  const { files, problems } = await readBankFiles(directory);
  if (problems.length > 0) return { problems };
  const values = <T>(of: ReadonlyMap<string, BankFile<T>>) => new Map([...of].map(([id, { value }]) => [id, value]));
  return {
    bank: {
      packs: values(files.packs),
      questions: values(files.questions),
      kits: values(files.kits),
      sources: values(files.sources),
    },
  };
}

/** The bank's files by the identifier of what they hold; those of `sources` by their pack's. */
export interface BankFiles {
  readonly packs: ReadonlyMap<string, BankFile<Pack>>;
  readonly questions: ReadonlyMap<string, BankFile<BankQuestion>>;
  readonly kits: ReadonlyMap<string, BankFile<Kit>>;
  readonly sources: ReadonlyMap<string, BankFile<Sources>>;
}

/** The bank's files while they are read, and every fault found in any. */
interface Reading {
  readonly packs: Map<string, BankFile<Pack>>;
  readonly questions: Map<string, BankFile<BankQuestion>>;
  readonly kits: Map<string, BankFile<Kit>>;
  readonly sources: Map<string, BankFile<Sources>>;
  readonly problems: BankProblem[];
}

/**
 * Reads `<pack>/pack.yaml`, `<pack>/sources.yaml` (which a pack need not have), `<pack>/<topic>/<question>.yaml` and
 * `<pack>/kits/<kit>.yaml` below `directory`: the files that could be read, and every fault found in any.
 */
export async function readBankFiles(directory: string): Promise<{ files: BankFiles; problems: BankProblem[] }> {
  const reading: Reading = {
    packs: new Map(),
    questions: new Map(),
    kits: new Map(),
    sources: new Map(),
    problems: [],
  };
  for (const packName of await folders(directory)) await readPack(directory, packName, reading);
  const { problems, ...files } = reading;
  return { files, problems };
}

/** The files that stand in a pack's own folder. */
const PACK_FILES = ["pack.yaml", "sources.yaml"];

const isStray = (name: string) => /\.ya?ml$/.test(name) && !PACK_FILES.includes(name);

const strayFile = (file: string): BankProblem => ({
  file,
  line: 1,
  field: "",
  message: `must be named ${PACK_FILES.join(" or ")}, or stand in a topic's folder`,
});

async function readPack(directory: string, packName: string, into: Reading): Promise<void> {
  const { packs, questions, kits, sources, problems } = into;
  const folder = join(directory, packName);
  const read = <S extends z.ZodType>(path: string, schema: S) =>
    readYaml(directory, join(packName, path), schema, problems);

  const pack = await read("pack.yaml", Pack);
  if (!pack) return;
  problems.push(...add(packs, pack, packName));

  const beside = await filesOf(folder, ".");
  problems.push(...beside.filter(isStray).map((name) => strayFile(join(basename(directory), packName, name))));
  const packSources = beside.includes("sources.yaml") ? await read("sources.yaml", Sources) : null;
  if (packSources) {
    sources.set(packName, packSources);
    problems.push(...faultsOfSources(packSources));
  }

  for (const topic of await folders(folder)) {
    if (topic === "kits") continue;
    for (const path of await filesOf(folder, topic)) {
      const question = await read(path, Question);
      if (!question) continue;
      problems.push(
        ...add(questions, { ...question, value: { ...question.value, pack: packName } }, basename(path, ".yaml")),
        ...misplaced(question, topic, pack.value),
        ...(packSources ? faultsOfCovers(question, packSources.value) : []),
      );
    }
  }
  for (const path of await filesOf(folder, "kits")) {
    const kit = await read(path, Kit);
    if (!kit) continue;
    problems.push(...add(kits, kit, basename(path, ".yaml")), ...faultsOfKit(kit, questions));
  }
}

/** Keeps a file under its identifier, and says what is wrong with that. */
function add<T extends { id: string }>(
  into: Map<string, BankFile<T>>,
  file: BankFile<T>,
  expectedId: string,
): BankProblem[] {
  const { value, at } = file;
  const found: BankProblem[] = [];
  if (value.id !== expectedId) found.push(at(["id"], `must be ${expectedId}, as the file or folder is named so`));
  if (into.has(value.id)) found.push(at(["id"], `${value.id} is the id of another file too`));
  into.set(value.id, file);
  return found;
}

/** Every item of a pack's source lists, each with its path in `sources.yaml`. */
export const itemsOf = ({ lists }: Sources): { readonly id: string; readonly path: readonly PropertyKey[] }[] =>
  lists.flatMap(({ sections }, l) =>
    sections.flatMap(({ items }, s) =>
      items.map(({ id }, i) => ({ id, path: ["lists", l, "sections", s, "items", i, "id"] })),
    ),
  );

function faultsOfSources({ value, at }: BankFile<Sources>): BankProblem[] {
  const found: BankProblem[] = [];
  const taken = new Set<string>();
  const check = (id: string, prefix: string, path: readonly PropertyKey[]) => {
    if (!id.startsWith(prefix)) found.push(at(path, `${id} must begin with ${prefix}`));
    if (taken.has(id)) found.push(at(path, `${id} is there twice`));
    taken.add(id);
  };
  for (const [l, list] of value.lists.entries()) {
    check(list.id, "", ["lists", l, "id"]);
    for (const [s, section] of list.sections.entries()) {
      check(section.id, list.id, ["lists", l, "sections", s, "id"]);
      for (const [i, { id }] of section.items.entries()) {
        check(id, `${section.id}.`, ["lists", l, "sections", s, "items", i, "id"]);
      }
    }
  }
  return found;
}

function faultsOfCovers({ value, at }: BankFile<Question>, sources: Sources): BankProblem[] {
  if (value.covers.length === 0) return [at(["covers"], "must name at least one item of sources.yaml")];
  const items = new Set(itemsOf(sources).map(({ id }) => id));
  return value.covers.flatMap((item, index) =>
    items.has(item) ? [] : [at(["covers", index], `${item} is not an item of sources.yaml`)],
  );
}

function misplaced({ value, at }: BankFile<Question>, folder: string, pack: Pack): BankProblem[] {
  const found: BankProblem[] = [];
  if (value.topic !== folder) found.push(at(["topic"], `must be ${folder}, the folder that the file is in`));
  if (!pack.topics.some(({ id }) => id === value.topic)) {
    found.push(at(["topic"], `${value.topic} is not a topic of pack.yaml`));
  }
  return found;
}

function faultsOfKit({ value, at }: BankFile<Kit>, questions: ReadonlyMap<string, unknown>): BankProblem[] {
  const found: BankProblem[] = [];
  const phaseMinutes = value.phases.reduce((sum, phase) => sum + phase.minutes, 0);
  if (phaseMinutes !== value.minutes) {
    found.push(at(["phases"], `add up to ${phaseMinutes} minutes, but the kit has ${value.minutes}`));
  }
  const budget = value.phases.find((phase) => phase.kind === "questions")?.minutes ?? 0;
  const planned = value.questions.reduce((sum, { minutes }) => sum + minutes, 0);
  if (planned > budget) found.push(at(["questions"], `take ${planned} minutes, but their phase has ${budget}`));
  for (const [index, { question }] of value.questions.entries()) {
    if (!questions.has(question)) found.push(at(["questions", index, "question"], `${question} is not in the bank`));
  }
  return [...found, ...competencyFaults(value).map(({ path, message }) => at(path, message))];
}

async function folders(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Every file of a folder, so that one with another ending is named as a fault and not passed over. */
async function filesOf(directory: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(directory, folder), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(folder, entry.name))
    .sort();
}
