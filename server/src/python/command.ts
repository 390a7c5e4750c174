import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { PythonLock, type PythonPackage } from "@whetstone/shared/python-packages";
import { z } from "zod";
import { pathIn } from "../data/directory.ts";
import { LIST, PackageShelf } from "./shelf.ts";

/** Where Pyodide's packages are released, by its version. */
const RELEASES = "https://cdn.jsdelivr.net/pyodide";
const USUAL = ["numpy"];
const PATIENCE_MS = 300_000;

/** Why packages were not put where they should be, in a sentence. */
class PackageFault extends Error {}

/** Where packages are taken from: a folder, or Pyodide's release. */
interface Origin {
  readonly name: string;
  readonly lock: PythonLock;
  bytes(fileName: string): Promise<Buffer>;
}

/**
 * `npm run python-packages [-- names… | --from FOLDER | --list]`: puts packages of Pyodide's, and those that they need, into the data
 * directory, where the server finds them without a new start. Prints what it did, or why it did not; the status to end with.
 */
export async function runPythonPackages(
  args: readonly string[],
  dataDir: string,
  releases: string = RELEASES,
): Promise<number> {
  const given = parsed(args);
  if (!given) {
    console.error("Usage: npm run python-packages [-- [names] [--from <folder>] [--list]]");
    return 2;
  }
  try {
    const origin = await (given.from === null ? released(releases) : folder(given.from));
    if (given.isList) console.log(namesIn(origin).join("\n"));
    else await put(wantedOf(origin, given.names), origin, pathIn(dataDir, "python"));
    return 0;
  } catch (error) {
    if (!(error instanceof PackageFault)) throw error;
    console.error(error.message);
    return 1;
  }
}

function parsed(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { from: { type: "string" }, list: { type: "boolean" } },
      allowPositionals: true,
    });
    const names = positionals.length > 0 ? positionals : null;
    return { names, from: values.from ?? null, isList: values.list === true };
  } catch {
    return null;
  }
}

const PYODIDE = fileURLToPath(import.meta.resolve("pyodide/package.json"));

/** The list that this build of Pyodide came with, under which everything is checked. */
const ownLock = async (): Promise<PythonLock> =>
  PythonLock.parse(JSON.parse(await readFile(join(dirname(PYODIDE), "pyodide-lock.json"), "utf8")));

async function released(releases: string): Promise<Origin> {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(PYODIDE, "utf8")));
  const address = `${releases}/v${version}/full`;
  return { name: address, lock: await ownLock(), bytes: (fileName) => fetched(`${address}/${fileName}`, version) };
}

async function fetched(url: string, version: string): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PackageFault(
      `${url} could not be fetched: ${reason}.\nWhere this machine has no network, unpack the release of Pyodide ${version} somewhere, bring the folder here and run \`npm run python-packages -- --from FOLDER\`.`,
    );
  }
}

/** A folder may have a list of its own, such as that of a release; it has to be of the same build of Python. */
async function folder(from: string): Promise<Origin> {
  const own = await ownLock();
  const text = await readFile(join(from, "pyodide-lock.json"), "utf8").catch(() => null);
  const lock = text === null ? own : lockIn(from, text);
  if (lock.info.abi_version !== own.info.abi_version) {
    throw new PackageFault(
      `The packages in ${from} are made for Pyodide's ABI ${lock.info.abi_version}, and this server has ${own.info.abi_version}.`,
    );
  }
  const bytes = (fileName: string) =>
    readFile(join(from, fileName)).catch(() => {
      throw new PackageFault(`${fileName} is not in ${from}.`);
    });
  return { name: from, lock, bytes };
}

function lockIn(from: string, text: string): PythonLock {
  try {
    return PythonLock.parse(JSON.parse(text));
  } catch {
    throw new PackageFault(`The list pyodide-lock.json in ${from} cannot be read.`);
  }
}

const namesIn = ({ lock }: Origin): string[] =>
  Object.values(lock.packages).flatMap(({ name }) => (name.endsWith("-tests") ? [] : name));

/** As Python writes a package's name in its lists. */
const plain = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");

/** The packages that are named, and all that they need. */
function wantedOf({ lock, name }: Origin, names: readonly string[] | null): ReadonlyMap<string, PythonPackage> {
  const byName = new Map(Object.entries(lock.packages).map(([key, one]) => [plain(key), { key, one }]));
  const wanted = new Map<string, PythonPackage>();
  const open = [...(names ?? USUAL)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const found = byName.get(plain(next));
    if (!found) {
      throw new PackageFault(
        `There is no Python package "${next}" in ${name}. \`npm run python-packages -- --list\` names those that there are.`,
      );
    }
    if (wanted.has(found.key)) continue;
    wanted.set(found.key, found.one);
    open.push(...found.one.depends);
  }
  return wanted;
}

/** Files first, and the list when all are there: what it names can be had. */
async function put(wanted: ReadonlyMap<string, PythonPackage>, origin: Origin, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const { file_name: file, name, version, sha256 } of wanted.values()) {
    const bytes = await origin.bytes(file);
    if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
      throw new PackageFault(
        `${file} from ${origin.name} is not what Pyodide's list says: its SHA-256 differs. Nothing was added.`,
      );
    }
    await written(join(directory, file), bytes);
    console.log(`${name} ${version}: ${Math.ceil(bytes.length / 1024)} kB`);
  }
  const { packages } = await new PackageShelf(directory).list();
  const list = { packages: { ...packages, ...Object.fromEntries(wanted) } };
  await written(join(directory, LIST), JSON.stringify(list));
  console.log(
    `Programs can import ${Object.values(list.packages)
      .flatMap(({ imports }) => imports)
      .join(", ")}.`,
  );
}

/** Never half a file under its name. */
async function written(file: string, bytes: Buffer | string): Promise<void> {
  await writeFile(`${file}.part`, bytes);
  await rename(`${file}.part`, file);
}
