import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type PythonPackage, PythonShelf } from "@whetstone/shared/python-packages";

/** In the folder of packages, the list of those that are there. */
export const LIST = "packages.json";

/**
 * The Python packages that were put into a folder. The list is read whenever it is asked for, so that a package that is added is there
 * without a new start.
 */
export class PackageShelf {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<PythonShelf> {
    const text = await readFile(join(this.#folder, LIST), "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    return text === null ? { packages: {} } : PythonShelf.parse(JSON.parse(text));
  }

  /** The bytes of the package with that hash; null where there is none. Only what is in the list has a path. */
  async file(sha256: string): Promise<Buffer | null> {
    const { packages } = await this.list();
    const found = Object.values(packages).find((one: PythonPackage) => one.sha256 === sha256);
    return found ? readFile(join(this.#folder, found.file_name)) : null;
  }
}
