import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type CaptionModel, type CaptionModelFile, CaptionModelName } from "@whetstone/shared/caption-models";
import { z } from "zod";
import { pathIn } from "../data/directory.ts";
import { KNOWN_MODELS } from "./known.ts";
import { checkNumbers, factsIn, missingIn, mostBytes } from "./looked-at.ts";
import { ModelFault } from "./model-fault.ts";
import { type Offered, type Origin, originInFolder, originOnHub } from "./origins.ts";
import { CaptionModelShelf, LIST } from "./shelf.ts";

/** Where models for browsers are found, by their names. */
const HUB = "https://huggingface.co";

/** The form of a model's numbers that any device computes with, and the one for graphics cards. */
const QUANTISED = /^onnx\/(encoder_model|decoder_model_merged)_quantized\.onnx$/;
const FOR_GPU = /^onnx\/(encoder_model|decoder_model_merged_q4)\.onnx$/;

const USAGE = "Usage: npm run caption-models [-- <name> [--gpu] [--from <folder>]] [--list]";

/**
 * `npm run caption-models [-- name [--gpu] [--from FOLDER]] [--list]`: puts a speech model into the data directory, where the server finds it
 * without a new start, or lists what can be had and what is there. Prints what it did, or why it did not; the status to end with.
 */
export async function runCaptionModels(args: readonly string[], dataDir: string, hub: string = HUB): Promise<number> {
  const given = parsed(args);
  if (!given) {
    console.error(USAGE);
    return 2;
  }
  const shelf = new CaptionModelShelf(pathIn(dataDir, "captionModels"));
  try {
    if (given.name === null) await list(shelf);
    else if (given.from !== null) await put(given.name, await originInFolder(given.from), shelf);
    else await put(given.name, await onHub(given.name, given.isForGpu, hub), shelf);
    return 0;
  } catch (error) {
    if (!(error instanceof ModelFault)) throw error;
    console.error(error.message);
    return 1;
  }
}

function parsed(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { from: { type: "string" }, list: { type: "boolean" }, gpu: { type: "boolean" } },
      allowPositionals: true,
    });
    const from = values.from ?? null;
    const [named, ...more] = positionals;
    const name = values.list ? null : (named ?? (from === null ? null : basename(resolve(from))));
    if (more.length > 0 || (values.list && (from !== null || named !== undefined))) return null;
    return { name, from, isForGpu: values.gpu === true };
  } catch {
    return null;
  }
}

async function list(shelf: CaptionModelShelf): Promise<void> {
  const { models } = await shelf.list();
  console.log("Models that can be had by name:");
  for (const { name, says } of KNOWN_MODELS) console.log(`  ${name}: ${says}`);
  console.log(models.length === 0 ? "None is there." : "There are:");
  for (const { name, languages, files } of models) {
    const many = languages.length === 1 ? "English" : `${languages.length} languages`;
    console.log(`  ${name}: ${many}, ${megabytes(files.reduce((sum, { bytes }) => sum + bytes, 0))}`);
  }
}

async function onHub(name: string, isForGpu: boolean, hub: string): Promise<Origin> {
  const known = KNOWN_MODELS.find((one) => one.name === name);
  if (!known) {
    throw new ModelFault(
      `There is no model "${name}" in the list that \`npm run caption-models\` prints. Another one is taken from a folder: \`--from FOLDER\`.`,
    );
  }
  const origin = await originOnHub(known, hub);
  const isWanted = (path: string) => path.endsWith(".json") || QUANTISED.test(path) || (isForGpu && FOR_GPU.test(path));
  return { ...origin, files: origin.files.filter(({ path }) => isWanted(path)) };
}

/** All is looked at in a folder beside the others, which takes its name when it is whole; and the list last, as what it names can be had. */
async function put(name: string, origin: Origin, shelf: CaptionModelShelf): Promise<void> {
  if (!CaptionModelName.safeParse(name).success) {
    throw new ModelFault(`"${name}" cannot be a model's name: it takes letters, digits, dots and dashes.`);
  }
  const { files } = origin;
  const missing = missingIn(files.map(({ path }) => path));
  if (missing.length > 0) {
    throw new ModelFault(`The model in ${origin.says} is not whole. There is no\n  ${missing.join("\n  ")}`);
  }
  for (const { path, bytes } of files) checkLength(path, bytes);
  console.log(`From ${origin.says}:`);
  for (const { path, bytes, sum } of files) {
    console.log(`  ${path}: ${megabytes(bytes)}${sum?.by === "sha256" ? `, SHA-256 ${sum.hex}` : ""}`);
  }
  const { models } = await shelf.list();
  const made = join(shelf.folder, `${name}.part`);
  try {
    await rm(made, { recursive: true, force: true });
    const model = await taken(name, files, made);
    await rm(join(shelf.folder, name), { recursive: true, force: true });
    await rename(made, join(shelf.folder, name));
    await keepList(shelf, [...models.filter((one) => one.name !== name), model]);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  console.log(`Pages can caption with ${name}.`);
}

async function taken(name: string, files: readonly Offered[], folder: string): Promise<CaptionModel> {
  const kept: CaptionModelFile[] = [];
  for (const file of files) kept.push(await copied(file, join(folder, ...file.path.split("/"))));
  const described = kept.filter(({ path }) => path.endsWith(".json"));
  const texts = await Promise.all(
    described.map(async ({ path }) => [path, await readFile(join(folder, path), "utf8")]),
  );
  return { name, ...factsIn(z.record(z.string(), z.string()).parse(Object.fromEntries(texts))), files: kept };
}

/** Copies a file and checks it on the way: by what is said of it, and by how it begins. */
async function copied({ path, bytes, sum, open: begin }: Offered, to: string): Promise<CaptionModelFile> {
  await mkdir(dirname(to), { recursive: true });
  const sha256 = createHash("sha256");
  const byGit = createHash("sha1").update(`blob ${bytes}\0`);
  const file = await open(to, "wx");
  let length = 0;
  try {
    for await (const chunk of await begin()) {
      const piece = Buffer.from(chunk);
      if (length === 0 && path.endsWith(".onnx")) checkNumbers(path, piece);
      length += piece.length;
      if (length > bytes) throw new ModelFault(`${path} is longer than was said. Nothing was added.`);
      for (const hash of [sha256, byGit]) hash.update(piece);
      await file.writeFile(piece);
    }
  } finally {
    await file.close();
  }
  const hex = sha256.digest("hex");
  const isAsSaid = sum === null || sum.hex === (sum.by === "git" ? byGit.digest("hex") : hex);
  if (length !== bytes || !isAsSaid) {
    throw new ModelFault(`${path} is not what was said of it: its length or its sum differs. Nothing was added.`);
  }
  return { path, bytes, sha256: hex };
}

function checkLength(path: string, bytes: number): void {
  const most = mostBytes(path);
  if (bytes === 0) throw new ModelFault(`${path} is empty.`);
  if (bytes > most) throw new ModelFault(`${path} has ${megabytes(bytes)}, and at most ${megabytes(most)} are taken.`);
}

async function keepList(shelf: CaptionModelShelf, models: readonly CaptionModel[]): Promise<void> {
  const file = join(shelf.folder, LIST);
  await writeFile(`${file}.part`, JSON.stringify({ models }));
  await rename(`${file}.part`, file);
}

const megabytes = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
